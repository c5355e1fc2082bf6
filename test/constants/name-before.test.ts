import { expect, test } from "vitest";
import { nameBefore } from "../../src/constants/name-before.js";

test.each([
  ['api_key = "', "api_key"],
  ['const apiKey: string = "', "apiKey"],
  ['let API_KEY: &[u8; 32] = b"', "API_KEY"],
  ["API_KEY=", "API_KEY"],
  ['export API_KEY="', "API_KEY"],
  ['"api-key": "', "api-key"],
  ["api-key: ", "api-key"],
  ["spring.datasource.password=", "password"],
  ['$config["password"] = \'', "password"],
  ["'password' => '", "password"],
  ['password := []byte("', "password"],
  ['char password[16] = "', "password"],
  ['this.password += "', "password"],
  ['String password = new StringBuilder("', "password"],
  ['password = base64.b64decode(b"', "password"],
  ['password = "".join(["', "password"],
  ["password = (\n    '", "password"],
  ["password =\n    '", "password"],
  ["<password>", "password"],
  ['<password type="text">', "password"],
  ["data:\n  password: ", "password"],
  ['f("', null],
  ["password = x; f('", null],
  ["password = first, '", null],
  ["see https://a.example/", null],
  ["note: it is told in so many words that ", null],
  ["", null],
])("before the value, %j gives it the name %j", (before, name) => {
  expect(nameBefore(`${before}value`, before.length)).toBe(name);
});
