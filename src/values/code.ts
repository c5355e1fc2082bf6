/**
 * Whether `value` is a piece of code where a password might stand: a member (`config.password`), a variable named in
 * camel case, a name for the thing itself (`sasl_password`), a code of errors (`auth/wrong-password`).
 */
export function isCode(value: string): boolean {
  return MEMBER.test(value) || CAMEL.test(value) || NAME_OF_SECRET.test(value) || SLASHED.test(value);
}

const MEMBER = /^!?[A-Za-z_$][\w$]{0,60}(?:(?:\??\.|->|::)[A-Za-z_$][\w$]{0,60}){1,8}[;,]?$/;

const CAMEL = /^[a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,6};?$/;

const NAME_OF_SECRET =
  /^[A-Za-z]{1,20}(?:[_-][A-Za-z]{1,20}){0,4}[_-](?:pass(?:word|wd|phrase)?|pwd|secret|token|key|credentials?);?$|^(?:value|input|password|passwd|upass|pass|pwd|secret|token|key|url|user|host|name|string);$/i;

const SLASHED = /^[a-z]{2,20}\/[a-z]{2,20}(?:[/-][a-z]{2,20}){0,6}$/;
