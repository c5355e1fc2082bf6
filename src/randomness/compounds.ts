function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ""));
}

/** Words for what opens something, as names run them together with others. */
export const CREDENTIALS = words(`
  auth authorization bearer cert certificate contrasena cookie credential credentials creds kennwort key keys pass passcode passphrase
  passwd passwds password passwords passwort phrase pin psw pw pwd pwds salt secret secrets seed senha session signature token tokens
`);

/** What stands beside them: what they open, whose they are, what form they have, and what of them it is. */
export const BESIDE = words(`
  access account activation acct admin aes algolia amqp anon api app application apple archive asset aws azure backend
  backup base basic bin bind bitbucket bot box branch broker bucket build cache cdn channel chat cipher client cloud
  cluster code config confirm conn connection consumer crypt crypto csrf current customer cpanel dashboard data database
  datadog db decrypt decryption default demo deploy dev developer device digest discord django docker domain dropbox ec
  elastic email encrypt encrypted encryption env facebook fb field file firebase flask ftp gateway gcp git github gitlab
  google grafana group guest hash header heroku hex hmac hook host http https id identity image imap index info ingest
  input integration internal invite jdbc jenkins jira jms join json jwt kafka keycloak keystore kms kube ldap length
  license linkedin list local login mail mailgun maps market master media member merchant mongo mongodb monitor mqtt my
  mysql name netrc new newrelic next node notify npm oauth odbc old oidc openai openid ops oracle org otp owner
  page partner path payment paypal pem personal pg pgsql plain poll postgres postgresql prev private prod production
  project proxy pub public push rabbit rabbitmq raw read redis refresh refreshed registry release remote repo request
  reset resource rest root rpc rsa s3 saml sample sandbox sasl scope sendgrid sentry server service shared shop sid
  sign signed signing site slack smtp sms sns soap source spring sql sqs square ssh sso ssl stage staging static storage
  store stream string stripe sub subscription super support svc sync sys system team telegram tenant test text
  timeout tls tmp totp trello truststore trust twilio twitter type uri url user username users value vault verification
  verify vnc vpn wallet web webhook wifi wiki worker wp write www xsrf
`);

/** No English word ends in these but by being made of them, so anything may stand before. Longest first. */
export const UNMISTAKABLE = [
  "credentials",
  "passphrase",
  "credential",
  "secretkey",
  "accesskey",
  "privatekey",
  "authtoken",
  "passwords",
  "password",
  "passwort",
  "apitoken",
  "passwd",
  "apikey",
  "secret",
  "token",
  "pwd",
] as const;

/** Words of their own, although known words would make them up. */
export const ENTIRE = words(`
  betoken betokens foretoken foretokens keycode keycodes keypath keyvalue passkey passkeys pinstripe pinstripes pushpin
  saltbox sitekey subkey subkeys supersession tokenlist tokenstream tokentype
`);
