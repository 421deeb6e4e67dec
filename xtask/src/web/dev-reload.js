// Loads the page again when `cargo xtask dev` has rebuilt it.
const buildId = async () => {
  try {
    const response = await fetch("/dev-build-id.txt", { cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null; // The server is restarting.
  }
};

const loaded = await buildId();
setInterval(async () => {
  const current = await buildId();
  if (current && current !== loaded) location.reload();
}, 700);
