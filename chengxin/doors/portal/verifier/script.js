"use strict";
(() => {
  // RFC 9162 (tree), C2SP signed-note and tlog-checkpoint (signature). Nothing is sent: the policy above allows no connection.
  const words = JSON.parse(document.getElementById("words").textContent);
  const answer = document.getElementById("answer");
  const utf8 = new TextEncoder();
  const bytes = (coded) => Uint8Array.from(atob(coded), (sign) => sign.charCodeAt(0));
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");

  const keyOf = async (text) => {
    const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
    const coded = found ? bytes(found[3]) : new Uint8Array(0);
    if (coded.length !== 33 || coded[0] !== 1) throw new Error("key");
    const id = (await sha256(utf8.encode(found[1] + "\n"), coded)).slice(0, 4);
    if (hex(id) !== found[2]) throw new Error("key");
    return { name: found[1], id, raw: coded.slice(1) };
  };
  const noteOf = (content) => {
    const cut = content.lastIndexOf("\n\n");
    const text = content.slice(0, cut + 1);
    const lines = content.slice(cut + 2).split("\n");
    const [origin, size, root] = text.split("\n");
    if (cut < 0 || lines.pop() !== "" || !/^(0|[1-9]\d{0,15})$/.test(size)) throw new Error("note");
    const signatures = lines.map((line) => {
      const found = /^\u2014 (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
      if (!found) throw new Error("note");
      const coded = bytes(found[2]);
      return { name: found[1], id: coded.slice(0, 4), signature: coded.slice(4) };
    });
    return { text, origin, size: BigInt(size), root: bytes(root), signatures };
  };
  const isSigned = async (note, key) => {
    const public_ = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
    for (const one of note.signatures) {
      if (one.name === key.name && note.origin === key.name && same(one.id, key.id) &&
          await crypto.subtle.verify("Ed25519", public_, one.signature, utf8.encode(note.text))) return true;
    }
    return false;
  };
  const isInside = async (leaf, index, size, path, root) => {
    if (index < 0n || index >= size) return false;
    let place = index, last = size - 1n, found = leaf;
    for (const step of path) {
      if (last === 0n) return false;
      if ((place & 1n) === 1n || place === last) {
        found = await sha256([1], step, found);
        while ((place & 1n) === 0n && place !== 0n) { place >>= 1n; last >>= 1n; }
      } else {
        found = await sha256([1], found, step);
      }
      place >>= 1n; last >>= 1n;
    }
    return last === 0n && same(found, root);
  };

  const tell = (kind, parts) => {
    answer.replaceChildren(...parts.map(([tag, text]) => {
      const element = document.createElement(tag);
      element.textContent = text;
      return element;
    }));
    answer.dataset.result = kind;
  };
  const check = async () => {
    const file = document.getElementById("file").files[0];
    const given = document.getElementById("key").value.trim();
    if (!file) return tell("unread", [["p", words.no_file]]);
    if (!globalThis.crypto || !crypto.subtle) return tell("unread", [["p", words.no_crypto]]);
    let proof, note, keys;
    try {
      proof = JSON.parse(await file.text());
      if (proof.proof !== "chengxin.look-proof.v1" || !Number.isSafeInteger(proof.index) || proof.path.length > 64) throw new Error("form");
      note = noteOf(proof.checkpoint);
      keys = await Promise.all((given ? [given] : proof.keys).map(keyOf));
    } catch (fault) {
      return tell("unread", [["p", fault.message === "key" ? words.bad_key : words.bad_file]]);
    }
    const text = bytes(proof.text);
    const entry = await sha256([0], bytes(proof.salt), text);
    const inside = await isInside(await sha256([0], entry), BigInt(proof.index), note.size, proof.path.map(bytes), note.root);
    let signed = false;
    try {
      for (const key of keys) signed = signed || await isSigned(note, key);
    } catch (fault) {
      return tell("unread", [["p", words.no_ed25519]]);
    }
    const lines = [
      ["p", signed ? words.signed : words.unsigned],
      ["p", inside ? words.inside : words.outside],
    ];
    if (!given) lines.push(["p", words.key_from_file + " " + proof.keys.join(" ")]);
    const whole = signed && inside;
    lines.unshift(["h3", whole ? words.holds : words.fails]);
    if (whole) lines.push(["p", words.what], ["pre", new TextDecoder().decode(text)]);
    return tell(whole ? "holds" : "fails", lines);
  };
  document.getElementById("tool").hidden = false;
  document.getElementById("check").addEventListener("click", check);
})();
