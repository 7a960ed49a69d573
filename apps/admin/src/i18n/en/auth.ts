export const auth = {
  title: 'Sign in',
  user: 'User',
  password: 'Password',
  enter: 'Sign in',
  busy: 'Opening your key…',
  note: 'Your password and your signing key never leave this browser.',
  apply: 'Apply to join',
  needUser: 'Enter your user name',
  needPassword: 'Enter your password',
  unlock: {
    title: 'Your password, to sign',
    explain: 'Your signing key is kept only while this page is open. After a reload the password opens it again.',
    open: 'Open my key',
  },
} as const;
