import { testGateway, type TestGateway } from '../testing/gateway';
import { ClosedByDefault } from '../auth/closed-by-default';
import { openApiDocument } from './document';

describe('description of the API', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await testGateway();
  });
  afterAll(() => gateway.close());

  it('holds every route, with an answer and a problem document', () => {
    const { paths } = openApiDocument(gateway.app);
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, { responses: Record<string, unknown> }>).map(
        ([method, { responses }]) => {
          expect(Object.keys(responses)).toContain('default');
          expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
          return `${method.toUpperCase()} ${path.replace('/api/v1', '').replace(/\{(\w+)\}/g, ':$1')}`;
        },
      ),
    );
    const routes = gateway.app.get(ClosedByDefault).routes();
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} /${path.replace(/^\//, '')}`).sort());
  });

  it('tells a text that may be missing from a list of texts', () => {
    const schemas = openApiDocument(gateway.app).components?.schemas;
    expect(schemas?.['MemberDetail_Output']).toMatchObject({ properties: { lei: { type: ['string', 'null'] } } });
    expect(schemas?.['CertificateDetail_Output']).toMatchObject({
      properties: { counterfeit: { type: ['string', 'null'] }, undertakings: { type: 'array' } },
    });
  });

  it('closes every object that a client sends', () => {
    const { components } = openApiDocument(gateway.app);
    expect(components?.schemas?.['LoginBody']).toMatchObject({ additionalProperties: false });
  });
});
