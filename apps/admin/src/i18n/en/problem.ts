export const problem = {
  GATEWAY_AWAY: 'The gateway cannot be reached. Nothing was changed that we know of; try again in a moment.',
  ANSWER_UNREADABLE: 'The answer could not be read. Nothing was changed that we know of; try again in a moment.',
  CRYPTO_MISSING: 'This page cannot sign here: browsers allow it on https addresses and on this machine only.',
  WRONG_PASSWORD: 'The password does not open your key.',
  NO_KEY: 'You have no signing key. Ask your firm’s administrator for one.',
  NOT_AS_ASKED: 'What would be signed differs from what was asked (%{field}). Do not sign it; tell your operator.',
  unexpected: 'Something went wrong on this page. Nothing was changed that we know of; reload and try again.',
  rule: 'Rule: %{rule}',
  reference: 'Reference: %{id}',
  again: 'Try again',
} as const;
