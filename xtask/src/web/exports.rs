//! Parts of the app beside. All apps are linked from one library, and each exports the entries of all
//! parts, of its own and of the others': what it does not import too is nothing that it loads.

use std::collections::HashSet;

use anyhow::{Context, Result};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

const EXPORT: &str = "00_export_";
const IMPORT: &str = "00_import_";

/// The module without them: the splitter then finds that nothing leads there. All else stays where it
/// was in its section, as relocations count from there.
pub(super) fn without_orphans(module: &[u8]) -> Result<Vec<u8>> {
    let mut imported = HashSet::new();
    let mut out = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        if let Payload::ImportSection(imports) = &payload {
            for import in imports.clone().into_imports() {
                imported.insert(import?.name.to_owned());
            }
        }
        if let Payload::ExportSection(exports) = &payload {
            let mut section = ExportSection::new();
            for export in exports.clone() {
                let export = export?;
                let is_part = export.name.starts_with("__wasm_split_00");
                if !is_part || imported.contains(&export.name.replace(EXPORT, IMPORT)) {
                    section.export(export.name, export.kind.into(), export.index);
                }
            }
            out.section(&section);
            continue;
        }
        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
        let data = module.get(range).context("a section beyond the module")?;
        out.section(&RawSection { id, data });
    }
    Ok(out.finish())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind, ImportSection, TypeSection};

    use super::*;

    fn exported(module: &[u8]) -> Vec<String> {
        let exports = Parser::new(0).parse_all(module).filter_map(|payload| match payload {
            Ok(Payload::ExportSection(exports)) => Some(exports),
            _ => None,
        });
        exports.flatten().map(|export| export.unwrap().name.to_owned()).collect()
    }

    #[test]
    fn parts_that_are_not_imported_are_no_longer_exported() {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        imports.import("x", "__wasm_split_00a00_import_1_a", EntityType::Function(0));
        module.section(&imports);
        let mut exports = ExportSection::new();
        for name in ["main", "__wasm_split_00a00_export_1_a", "__wasm_split_00b00_export_2_b"] {
            exports.export(name, ExportKind::Func, 0);
        }
        module.section(&exports);
        let module = without_orphans(&module.finish()).unwrap();
        assert_eq!(exported(&module), ["main", "__wasm_split_00a00_export_1_a"]);
        assert_eq!(without_orphans(&module).unwrap(), module);
    }
}
