import { readSettings } from './config';

describe('configuration', () => {
  it('has working defaults for a trial on this machine', () => {
    expect(readSettings({})).toMatchObject({
      mode: 'development',
      host: '127.0.0.1',
      port: 8080,
      databaseUrl: null,
      secure: false,
    });
  });

  it('treats an empty variable as unset', () => {
    expect(readSettings({ PORT: '' }).port).toBe(8080);
  });

  it('lists every bad variable at once', () => {
    const read = () => readSettings({ PORT: '99999', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x/y' });
    expect(read).toThrow(/PORT: [\s\S]*DATABASE_URL: [\s\S]*LOG_LEVEL: /);
  });

  it('refuses a database without the role that owns the tables and without a secret', () => {
    expect(() => readSettings({ DATABASE_URL: 'postgres://a@localhost/b' })).toThrow(
      /DATABASE_OWNER_URL[\s\S]*SERVER_SECRET/,
    );
  });

  it('refuses lists of other shapes, and keeps those of the right one', () => {
    for (const list of ['{}', '[{"msp":"BankAMSP"}]', '[{"msp":"BankAMSP","url":"ftp://bank.test"}]', 'nonsense']) {
      expect(() => readSettings({ GATEWAYS: list })).toThrow(/GATEWAYS: must be a JSON list/);
    }
    const gateways = [{ msp: 'BankAMSP', url: 'https://bank.test' }];
    expect(readSettings({ GATEWAYS: JSON.stringify(gateways) }).gateways).toEqual(gateways);
  });

  it('has a gateway in production serve one organisation of a Fabric network', () => {
    expect(() => readSettings({ NODE_ENV: 'production', LEDGER: 'fabric-gateway' })).toThrow(/FABRIC_PROFILE/);
    expect(() => readSettings({ LEDGER: 'fabric' })).toThrow(/LEDGER/);
  });

  it('refuses to run in production on the embedded database or without TLS', () => {
    expect(() => readSettings({ NODE_ENV: 'production', PUBLIC_URL: 'http://example.test' })).toThrow(
      /DATABASE_URL[\s\S]*https in production/,
    );
  });
});
