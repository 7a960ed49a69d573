import type { Definition } from '../lifecycle';
import { PROFILE } from '../configtx';
import { ordererOrganisations, domainOf, type Layout, type OrdererNode, type PeerNode } from '../layout';
import { definitionVersion } from '../lifecycle';

/** Quoted for a shell. */
const q = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Makes keys and the channel's first block where only Fabric's programs are, as `makeKeys` and `makeGenesisBlock` do
 * here; and for each peer what Fabric's own builder wants to know of its chaincode.
 */
export function keysScript(layout: Layout): string {
  const { consortium, peers, home, genesisBlock, channelFolder } = layout;
  const ordering = ordererOrganisations(consortium).map((msp) => domainOf(consortium, msp));
  return `#!/bin/sh
# Makes the keys of every organisation and the first block of the channel, once.
set -eu
cd ${q(home)}
umask 077
if [ ! -f keys/made ]; then
  rm -rf keys.draft
  cryptogen generate --config=channel/peer-keys.json --output=keys.draft
  for domain in ${ordering.join(' ')}; do
    mkdir -p keys.draft/ordererOrganizations/$domain
    for part in ca tlsca msp; do
      cp -R keys.draft/peerOrganizations/$domain/$part keys.draft/ordererOrganizations/$domain/
    done
  done
  cryptogen extend --config=channel/orderer-keys.json --input=keys.draft
  # A chaincode process needs a name for TLS; with a peer's identity it could endorse.
  for domain in ${peers.map(({ domain }) => domain).join(' ')}; do
    rm -rf keys.draft/peerOrganizations/$domain/peers/chaincode.$domain/msp
  done
  mkdir -p keys
  cp -R keys.draft/. keys/
  touch keys/made
  rm -rf keys.draft
fi
if [ ! -f ${q(genesisBlock)} ]; then
  configtxgen -configPath ${q(channelFolder)} -profile ${PROFILE} -channelID ${consortium.channel} -outputBlock first.draft
  mv first.draft ${q(genesisBlock)}
fi
# Of the organisations whose nodes run here: their keys are here.
pem() { awk '{ printf "%s\\\\n", $0 }' "$1"; }
${peers.map(builderLines).join('\n')}
`;
}

function builderLines({ connections, domain, tls, chaincodeTls }: PeerNode): string {
  const format = '{"domain":"%s","root":"%s","clientCertificate":"%s","clientKey":"%s"}\\n';
  const values = [chaincodeTls.root, tls.certificate, tls.privateKey].map((file) => `"$(pem ${q(file)})"`);
  return `if [ -f ${q(tls.privateKey)} ]; then
  mkdir -p ${q(connections)}
  printf ${q(format)} ${domain} ${values.join(' ')} > ${q(`${connections}/builder.json`)}
fi`;
}

/**
 * Joins nodes to the channel and brings the chaincode into force, as `joinChannel` and `agreeOn` do here: for everybody,
 * or step by step as `join MSP`, `agree MSP` and `commit`, where each organisation acts for itself. It can be repeated at
 * any time.
 */
export function channelScript(layout: Layout, definition: Definition): string {
  const { consortium, peers } = layout;
  const { chaincode, policy, collections } = definition;
  const [orderer] = layout.orderers;
  const [first] = peers;
  if (orderer === undefined || first === undefined) throw new Error('a network without nodes');
  const endorsers = peers.map(
    ({ host, port, tls }) => `--peerAddresses ${host}:${port} --tlsRootCertFiles ${q(tls.root)}`,
  );
  return `#!/bin/sh
set -eu
CHANNEL=${consortium.channel}
NAME=${chaincode.name}
ID=${chaincode.id}
VERSION=${definitionVersion(definition)}
POLICY=${q(policy)}
COLLECTIONS=$(mktemp)
cat > "$COLLECTIONS" <<'END'
${collections.trim()}
END
ORDERER="--orderer ${orderer.host}:${orderer.port} --tls --cafile ${orderer.tls.root}"
export FABRIC_LOGGING_SPEC=error

# Nodes that start, a leader that is elected: a minute of patience.
patiently() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ $tries -lt 60 ] || { echo "given up: $*" >&2; exit 1; }
    sleep 1
  done
}

# as MSP …: the program "peer" as an organisation's administrator, against its own peer.
as() {
  case $1 in
${peers.map(adminLine).join('\n')}
  *) echo "$1 is none of the organisations" >&2; return 2 ;;
  esac
  shift
  peer "$@"
}

join_orderer() { # address, TLS root, certificate, key
  access="--orderer-address $1 --ca-file $2 --client-cert $3 --client-key $4"
  joined=$(osnadmin channel list $access) || return 1
  case $joined in *"\\"name\\": \\"$CHANNEL\\""*) return 0 ;; esac
  osnadmin channel join --channelID $CHANNEL --config-block ${q(layout.genesisBlock)} $access | grep -q 'Status: 201'
}

join_peer() {
  joined=$(as $1 channel list) || return 1
  printf '%s\\n' "$joined" | grep -qx $CHANNEL || as $1 channel join --blockpath ${q(layout.genesisBlock)}
}

install() {
  installed=$(as $1 lifecycle chaincode queryinstalled) || return 1
  case $installed in *"$ID"*) ;; *) as $1 lifecycle chaincode install ${q(chaincode.packageFile)} ;; esac
}

# Which sequence the definition has: the one in force if it is this, or else the next.
committed() { as $1 lifecycle chaincode querycommitted --channelID $CHANNEL --name $NAME 2>/dev/null || true; }
sequence() {
  text=$(committed $1)
  number=$(printf '%s' "$text" | sed -n 's/.*Sequence: \\([0-9]*\\),.*/\\1/p')
  case $text in *"Version: $VERSION,"*) echo "\${number}" ;; *) echo $((\${number:-0} + 1)) ;; esac
}
in_force() { case $(committed $1) in *"Version: $VERSION,"*) ;; *) return 1 ;; esac; }
terms() { printf '%s' "--channelID $CHANNEL --name $NAME --version $VERSION --sequence $(sequence $1)"; }

approve() {
  in_force $1 && return 0
  ready=$(as $1 lifecycle chaincode checkcommitreadiness $(terms $1) --signature-policy "$POLICY" --collections-config "$COLLECTIONS") || return 1
  case $ready in *"$1: true"*) return 0 ;; esac
  as $1 lifecycle chaincode approveformyorg $ORDERER $(terms $1) --signature-policy "$POLICY" --collections-config "$COLLECTIONS" --package-id "$ID"
}

commit() {
  in_force ${first.msp} && return 0
  as ${first.msp} lifecycle chaincode commit $ORDERER $(terms ${first.msp}) --signature-policy "$POLICY" --collections-config "$COLLECTIONS" \\
    ${endorsers.join(' \\\n    ')}
}

join() {
  echo "$1 joins"
  case $1 in
${peers.map((peer) => joinLine(layout, peer)).join('\n')}
  esac
  patiently join_peer $1
}

agree() {
  echo "$1 installs and approves"
  patiently install $1
  patiently approve $1
}

ALL="${peers.map(({ msp }) => msp).join(' ')}"
case \${1:-all} in
all)
  for msp in $ALL; do join $msp; done
  for msp in $ALL; do agree $msp; done
  patiently commit
  ;;
join | agree) "$1" "$2" ;;
commit) patiently commit ;;
*) echo "usage: $0 [join MSP | agree MSP | commit]" >&2; exit 2 ;;
esac
echo done
`;
}

function adminLine({ msp, folder, admin }: PeerNode): string {
  return `  ${msp}) export FABRIC_CFG_PATH=${q(folder)} CORE_PEER_MSPCONFIGPATH=${q(admin.mspFolder)} ;;`;
}

function joinLine({ orderers }: Layout, { msp, admin }: PeerNode): string {
  const own = orderers.filter((each) => each.msp === msp);
  const join = ({ host, adminPort, tls }: OrdererNode): string =>
    `patiently join_orderer ${host}:${adminPort} ${[tls.root, admin.tls.certificate, admin.tls.privateKey].join(' ')}`;
  return `  ${msp}) ${own.length === 0 ? ':' : own.map(join).join('; ')} ;;`;
}
