//! `bindgen MODULE DIRECTORY NAME`: writes NAME.js, NAME.d.ts and NAME_bg.wasm, the way every JavaScript runtime and
//! the browser can load them, without the sections that name compilers and functions.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, directory, name] = arguments.as_slice() else {
        eprintln!("usage: bindgen MODULE DIRECTORY NAME");
        std::process::exit(2);
    };
    let outcome =
        wasm_bindgen_cli_support::Bindgen::new().input_path(module).out_name(name).web(true).and_then(|bindgen| {
            bindgen
                .typescript(true)
                // Who loads the module says where it lies: bundlers must not find a second address in the glue.
                .omit_default_module_path(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(directory)
        });
    if let Err(error) = outcome {
        eprintln!("bindgen: {error:#}");
        std::process::exit(1);
    }
}
