/** Where the schema lies for an editor that reads `.aura/live.toml` in a repository which has the package installed. */
const INSTALLED_SCHEMA = "../node_modules/aura-scan/schema/live-1.json";

/**
 * A `.aura/live.toml` for a repository that has none: every key with its default value and what it is for. It changes
 * nothing, for all keys are comments: `#key = …` is one, `# Words` are for people. Its first line names the schema by which
 * editors complete and check it (https://taplo.tamasfe.dev/configuration/directives.html).
 */
export function settingsTemplate(schema: string = INSTALLED_SCHEMA): string {
  return `#:schema ${schema}

# The settings of aura-scan and of Live Sync's gate. Every key is optional; each stands here with the value that holds
# without it. Take the # away in front of a key to change it. A mistake in this file blocks; it is never passed over.

# Only in a file below the root, such as packages/app/.aura/live.toml: what it leaves out is as in this one of a folder
# above.
#extends = "../../.aura/live.toml"

[live]
# Live Sync encrypts end to end: true or false. live.privacy.e2e_encryption is another name of this switch.
#e2e = false

[live.selective]
# What Live Sync may take: globs from the repository's root, with forward slashes; ** is any number of folders.
#include = ["**/*"]
# What it may not take, whatever include says: exclude = ["src/private/**"]
#exclude = []

[live.privacy]
# true: only functions marked @aura-public leave. false: all leave but those marked @aura-local.
#default_private = false
# true: secrets that the detectors below know are masked before a function leaves.
#mask_secrets = true
# Another name of live.e2e; give one of the two.
#e2e_encryption = false

# The built-in detectors of the mask, each on or off.
[live.privacy.masks]
# AWS access key ids, and AWS secret keys near the word aws.
#aws = true
# sk_live_…, key_… and pk_….
#generic_api_keys = true
# JSON Web Tokens.
#jwt = true
# The token behind Authorization: Bearer.
#bearer_tokens = true
# Private keys in PEM form, as whole blocks.
#private_key_blocks = true

# A mask of your own, as many as you like.
#[[live.privacy.mask]]
# What the ledger and the reports call it: letters, digits, dots, _ and -.
#name = "internal-token"
# Rust regex syntax. The group (?P<secret>…) is replaced where there is one, else the whole match.
#pattern = '''INT_TOK_[A-Z0-9]{24}'''
# What stands in its place; ****MASKED**** without this key.
#replacement = "INT_TOK_****"

# How long the ledger keeps what left this machine by Live Sync.
[live.audit]
# In days; 0 for no bound.
#keep_days = 90
# In bytes; 0 for no bound.
#keep_bytes = 1073741824

[scan]
# Rule files of your own, by their paths from the repository's root. They add to the default rules: ["security/rules.toml"]
#rules = []
# The least severity that blocks: low, medium, high or critical.
#fail_on = "medium"
# What blocks a commit or a push: "secrets", or "leaks": only what Live Sync would let out, too.
#git_blocks_on = "secrets"
# Keys that a provider's own documentation prints: "low" tells of them, "silent" says nothing.
#documented = "low"
# "accept": an allow counts as soon as it is written. "refuse": only once HEAD, or the remote in a push, has it.
#new_allows = "accept"
# The file of findings that are known (aura-scan baseline writes it); there is none without this key.
#baseline = ".aura/baseline.txt"

[scan.limits]
# A source file of more bytes is read whole, but not function by function. 1024 to 268435456.
#unit_file_bytes = 2097152
# So many bytes of a binary are searched for text. 0 to 1073741824.
#binary_bytes = 8388608
# A run's longest time, 0 for no limit. What was not read by then makes the run incomplete, which blocks.
#seconds = 0

# Settings files in folders below the root hold for what is in there, where they are stricter than this one.
[scan.nested]
# Globs of folders whose own file may also be less strict: ["examples/*"]
#widen = []
# Globs of folders whose own file does not count at all.
#ignore = []

# A finding that is fine, as many as you like. All conditions that are given must hold: path, rule, fingerprint, pattern,
# stopword. A report prints the block that lets just one value pass.
#[[scan.allow]]
# A glob from the repository's root.
#path = "examples/**"
# A rule's id, as a report prints it.
#rule = "stripe-live-key"
# One finding, as a report prints it: 32 hex digits.
#fingerprint = "00000000000000000000000000000000"
# A Rust regex that matches somewhere in the secret.
#pattern = '''^dummy_'''
# One of these words stands in the secret; a word alone will do, too: "sample".
#stopword = ["dummy", "sample"]
# Why it is fine. Always needed.
#reason = "made-up values"
`;
}
