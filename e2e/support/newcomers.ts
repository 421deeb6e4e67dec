/** A family that has moved here: known by the school's files, not subscribed to anything. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Database, Login } from "./databases.ts";
import { preau } from "./preau.ts";

const PASSWORD = "trois petits bateaux";

const PUPILS = `\
Nom élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Niveau;Libellé classe
MARCHAND;Inès;12/03/2008;F;;3, rue du Lac;74500;NEUVECELLE;CM1;CM1 M. Lambert
MARCHAND;Malo;05/09/2010;M;;3, rue du Lac;74500;NEUVECELLE;CE1;CE1 Mme Petit
`;

const GUARDIANS = `\
Civilité Responsable;Nom responsable;Prénom responsable;Adresse responsable;CP responsable;\
Commune responsable;Courriel;Téléphone portable;\
Nom de famille enfant;Prénom enfant;Classes enfants;\
Nom de famille enfant;Prénom enfant;Classes enfants
MME;MARCHAND;Nadia;3, rue du Lac;74500;NEUVECELLE;nadia.marchand@example.org;0612345678;\
MARCHAND;Inès;CM1;MARCHAND;Malo;CE1
`;

/** Comes to the commune before its server starts: Inès and Malo, and their mother's login. */
export async function settleIn({ url, folder }: Database): Promise<Login> {
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const pupils = await file("eleves.csv", PUPILS);
  const guardians = await file("responsables.csv", GUARDIANS);
  const password = await file("mot-de-passe", `${PASSWORD}\n`);
  const email = "nadia.marchand@example.org";
  await preau(folder, url, "import", "--pupils", pupils, "--guardians", guardians, "--apply");
  await preau(folder, url, "password", "--email", email, "--password-file", password);
  return { email, password: PASSWORD, role: "parent", family: null, children: ["Inès", "Malo"] };
}
