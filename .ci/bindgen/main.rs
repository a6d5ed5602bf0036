//! `bindgen MODULE DIRECTORY NAME`: writes NAME.js, NAME.d.ts and NAME_bg.wasm, the way every JavaScript runtime and
//! the browser can load them, without the section that names compilers.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, directory, name] = arguments.as_slice() else {
        eprintln!("usage: bindgen MODULE DIRECTORY NAME");
        std::process::exit(2);
    };
    let bytes =
        std::fs::read(module).map(without_multivalue).unwrap_or_else(|error| fail(&format!("{module}: {error}")));
    let outcome = wasm_bindgen_cli_support::Bindgen::new().input_bytes(name, bytes).out_name(name).web(true).and_then(
        |bindgen| {
            bindgen
                .typescript(true)
                // Who loads the module says where it lies: bundlers must not find a second address in the glue.
                .omit_default_module_path(true)
                .remove_name_section(false) // what makes it smaller goes by them, and takes them out
                .remove_producers_section(true)
                .generate(directory)
        },
    );
    if let Err(error) = outcome {
        fail(&format!("{error:#}"));
    }
}

fn fail(reason: &str) -> ! {
    eprintln!("bindgen: {reason}");
    std::process::exit(1);
}

/// The module, saying that it was compiled without functions of several results, of which there are none in it yet: those
/// that are exported would become such here. The V8 of Node 20 calls all other exports by a stub that it has, but writes
/// optimized code for each type of these before the module is ready: 4 of the 6.5 ms that it took. Calls take as long.
fn without_multivalue(mut module: Vec<u8>) -> Vec<u8> {
    const USED: &[u8] = b"+\x0amultivalue"; // in the section `target_features`: a prefix, the length, the name
    if let Some(place) = module.windows(USED.len()).rposition(|bytes| bytes == USED) {
        module[place] = b'-';
    }
    module
}
