// Which of the two modules an engine can take. The faster one multiplies and adds in one instruction, of WebAssembly's
// relaxed SIMD, which came with Chrome 114, Node 21 and Deno 1.34. Both give the same results: an engine may round once or
// twice there, and the module sees which before it counts with it, or without.

/** A module of one function, f64x2.relaxed_madd of its argument. */
const PROBE = [
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // "\0asm", version 1
  0x01, 0x06, 0x01, 0x60, 0x01, 0x7b, 0x01, 0x7b, // type: v128 to v128
  0x03, 0x02, 0x01, 0x00, // function 0 has type 0
  0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x00, 0x20, 0x00, 0xfd, 0x87, 0x02, 0x0b, // its code
];

export const hasRelaxedSimd = WebAssembly.validate(new Uint8Array(PROBE));
