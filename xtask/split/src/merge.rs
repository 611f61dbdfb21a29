//! What several parts share, in one file. The splitter makes a file for every set of parts that share something: dozens, most of them tiny,
//! and a page would wait for many of them.

use std::{collections::HashMap, error::Error, fs, path::Path};

use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection, Module, RawSection, SectionId,
    reencode::{self, Reencode},
};
use wasmparser::{Parser, Payload, TypeRef};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The merged file, without its ending.
pub const SHARED: &str = "shared";

/// Where what a file says about itself is in the merged one.
struct Moved {
    functions: u32,
    globals: Vec<u32>,
}

impl Reencode for Moved {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, index: u32) -> std::result::Result<u32, reencode::Error<Self::Error>> {
        Ok(index + self.functions)
    }

    fn global_index(&mut self, index: u32) -> std::result::Result<u32, reencode::Error<Self::Error>> {
        self.globals.get(index as usize).copied().ok_or(reencode::Error::InvalidConstExpr)
    }
}

#[derive(Default)]
struct Merged {
    types: Option<Vec<u8>>,
    imports: ImportSection,
    /// Every global by its name, in order.
    globals: HashMap<String, u32>,
    /// Whether the table and the memory, of which there is one each, are among the imports.
    others: Vec<String>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
}

impl Merged {
    /// Adds a file: functions, what it puts into the table, what it puts into the memory. It shares these with the main module alone.
    fn add(&mut self, file: &[u8]) -> Result<()> {
        let mut moved = Moved { functions: self.functions.len(), globals: Vec::new() };
        for payload in Parser::new(0).parse_all(file) {
            match payload? {
                Payload::TypeSection(section) => {
                    let range = section.range();
                    let types = file.get(usize::try_from(range.start)?..usize::try_from(range.end)?).unwrap_or_default();
                    if self.types.get_or_insert_with(|| types.to_vec()) != types {
                        return Err("files of one module have different types".into());
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        self.import(import?, &mut moved)?;
                    }
                }
                Payload::FunctionSection(section) => moved.parse_function_section(&mut self.functions, section)?,
                Payload::ElementSection(section) => moved.parse_element_section(&mut self.elements, section)?,
                Payload::CodeSectionStart { .. } => {}
                Payload::CodeSectionEntry(body) => moved.parse_function_body(&mut self.code, body)?,
                Payload::DataSection(section) => moved.parse_data_section(&mut self.data, section)?,
                Payload::ExportSection(section) if section.count() == 0 => {}
                Payload::Version { .. } | Payload::DataCountSection { .. } | Payload::CustomSection(_) | Payload::End(_) => {}
                other => return Err(format!("a section that cannot be merged: {other:?}").into()),
            }
        }
        Ok(())
    }

    fn import(&mut self, import: wasmparser::Import<'_>, moved: &mut Moved) -> Result<()> {
        let name = format!("{} {}", import.module, import.name);
        let ty = moved.entity_type(import.ty)?;
        match import.ty {
            TypeRef::Global(_) => {
                let next = u32::try_from(self.globals.len())?;
                let index = *self.globals.entry(name).or_insert(next);
                if index == next {
                    self.imports.import(import.module, import.name, ty);
                }
                moved.globals.push(index);
            }
            TypeRef::Table(_) | TypeRef::Memory(_) => {
                if !self.others.contains(&name) {
                    self.imports.import(import.module, import.name, ty);
                    self.others.push(name);
                }
                if self.others.len() > 2 {
                    return Err("more than one table and one memory".into());
                }
            }
            other => return Err(format!("an import that cannot be merged: {other:?}").into()),
        }
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&RawSection { id: SectionId::Type.into(), data: &self.types.unwrap_or_default() });
        module.section(&self.imports).section(&self.functions).section(&self.elements);
        module.section(&DataCountSection { count: self.data.len() }).section(&self.code).section(&self.data);
        module.finish()
    }
}

/// A file without what it says about itself to debuggers: names are as large as half the code.
pub fn plain(file: &Path) -> Result<()> {
    let named = fs::read(file)?;
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(&named) {
        if let Some((id, range)) = payload?.as_section()
            && id != u8::from(SectionId::Custom)
        {
            module.section(&RawSection { id, data: named.get(usize::try_from(range.start)?..usize::try_from(range.end)?).unwrap_or_default() });
        }
    }
    Ok(fs::write(file, module.finish())?)
}

/// Merges the files (names without ending) in a folder, and lets the script beside them load the one instead.
pub fn merge(folder: &Path, loader: &str, names: &[String]) -> Result<()> {
    let mut merged = Merged::default();
    for name in names {
        let file = folder.join(format!("{name}.wasm"));
        merged.add(&fs::read(&file)?)?;
        fs::remove_file(file)?;
    }
    fs::write(folder.join(format!("{SHARED}.wasm")), merged.finish())?;
    let loader = folder.join(loader);
    Ok(fs::write(&loader, one_for_all(&fs::read_to_string(&loader)?, names)?)?)
}

/// The script with one loader in place of those of the merged files.
fn one_for_all(script: &str, names: &[String]) -> Result<String> {
    let (mut out, mut rest) = (String::new(), script);
    for nth in 0..names.len() {
        let at = rest.find("const __chunk_").ok_or("the script loads fewer files than there are")?;
        let (before, after) = rest.split_at(at);
        let (name, after) = after.split_once(" = ").ok_or("a loader without a value")?;
        let (value, after) = after.split_once(", []);\n").ok_or("a loader without an end")?;
        out.push_str(before);
        if nth == 0 {
            let file = name.trim_start_matches("const __");
            let shared = value.replace(&format!("\"./{file}.wasm\""), &format!("\"./{SHARED}.wasm\""));
            if shared == value {
                return Err("a loader that loads something else".into());
            }
            out.push_str(&format!("const __shared = {shared}, []);\n"));
        }
        out.push_str(&format!("{name} = __shared;\n"));
        rest = after;
    }
    out.push_str(rest);
    if rest.contains("./chunk_") { Err("the script loads more files than there are".into()) } else { Ok(out) }
}
