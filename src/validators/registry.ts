import { checkAwsKeyId } from "./aws-key-id.js";
import { checkAzureKey } from "./azure-key.js";
import { checkBase58Check } from "./base58check.js";
import { checkBasicAuth } from "./basic-auth.js";
import { checkBech32 } from "./bech32.js";
import { checkBip39 } from "./bip39.js";
import type { Validator } from "./check.js";
import { checkConnectionUrl } from "./connection-url.js";
import { checkDiscordToken } from "./discord-token.js";
import { checkEthereumKey } from "./ethereum-key.js";
import { checkGithubToken, checkNpmToken } from "./github-token.js";
import { checkGitlabToken } from "./gitlab-token.js";
import { checkGrafanaToken } from "./grafana-token.js";
import { checkJsonBase64 } from "./json-base64.js";
import { checkJwt } from "./jwt.js";
import { checkLuhn } from "./luhn.js";
import { checkOnepasswordToken } from "./onepassword-token.js";
import { checkPasswordHash } from "./password-hash.js";
import { checkPgpKey } from "./pgp-key.js";
import { checkPrivateKey } from "./private-key.js";
import { checkPuttyKey } from "./putty-key.js";
import { checkPypiToken } from "./pypi-token.js";
import { checkSentryToken } from "./sentry-token.js";
import { checkSlackToken } from "./slack-token.js";
import { checkStellarSeed } from "./stellar-seed.js";
import { checkTelegramToken } from "./telegram-token.js";
import { checkUuid } from "./uuid.js";
import { checkVaultToken } from "./vault-token.js";

export type { Check, Validator } from "./check.js";

/** By the name that rule files use: `check = "jwt"`. */
export const VALIDATORS: Readonly<Record<string, Validator>> = {
  "aws-key-id": checkAwsKeyId,
  "azure-identifiable": checkAzureKey,
  base58check: checkBase58Check,
  "basic-auth": checkBasicAuth,
  bech32: checkBech32,
  bip39: checkBip39,
  "connection-url": checkConnectionUrl,
  "discord-bot": checkDiscordToken,
  "dockerconfig-auth": checkBasicAuth,
  "ethereum-key": checkEthereumKey,
  "github-checksum": checkGithubToken,
  "gitlab-routable": checkGitlabToken,
  "grafana-checksum": checkGrafanaToken,
  htpasswd: checkPasswordHash,
  "json-base64": checkJsonBase64,
  jwt: checkJwt,
  luhn: checkLuhn,
  "npm-checksum": checkNpmToken,
  "onepassword-service": checkOnepasswordToken,
  "password-hash": checkPasswordHash,
  "pgp-key": checkPgpKey,
  "private-key": checkPrivateKey,
  "putty-key": checkPuttyKey,
  "pypi-macaroon": checkPypiToken,
  "sentry-token": checkSentryToken,
  "slack-token": checkSlackToken,
  "stellar-seed": checkStellarSeed,
  "telegram-bot": checkTelegramToken,
  uuid: checkUuid,
  "vault-token": checkVaultToken,
};
