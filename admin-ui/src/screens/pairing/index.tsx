import { ScreenHeading } from '../../components/blocks.tsx';

export default function PairingScreen() {
	return <ScreenHeading title="Pairing" />;
}
