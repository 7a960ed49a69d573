import { type ICryptoSuite, User, Utils } from 'fabric-common';
import type { IdentityProvider, X509Identity } from 'fabric-network';
import { messageSigner } from '../fabric/signer';

/** Gives fabric-network its identity, which signs by OpenSSL: fabric-common itself takes 1 ms of JavaScript each time. */
export class FastX509Provider implements IdentityProvider {
  readonly type = 'X.509';
  private readonly suite = Utils.newCryptoSuite();

  getCryptoSuite(): ICryptoSuite {
    return this.suite;
  }

  /** There is no wallet: nothing is kept. */
  fromJson(): never {
    throw new Error('no wallet is used');
  }

  toJson(): never {
    throw new Error('no wallet is used');
  }

  async getUserContext({ credentials, mspId }: X509Identity, name: string): Promise<User> {
    const user = new User(name);
    user.setCryptoSuite(this.suite);
    await user.setEnrollment(this.suite.createKeyFromRaw(credentials.privateKey), credentials.certificate, mspId);
    user.getSigningIdentity().sign = messageSigner(credentials.privateKey);
    return user;
  }
}
