import { __ } from '@wordpress/i18n';
import {
	ErrorNotice,
	ScreenHeading,
	Skeleton,
} from '../../components/index.ts';
import type { ScreenProps } from '../../screens.ts';
import { Moved } from './moved.tsx';
import { Paired } from './paired.tsx';
import { Unpaired } from './unpaired.tsx';
import { usePairing } from './use-pairing.ts';

export default function PairingScreen( { query }: ScreenProps ) {
	const pairing = usePairing();
	const { view, error, reload } = pairing;
	return (
		<>
			<ScreenHeading title={ __( 'Pairing', 'pearlbridge' ) } />
			<ErrorNotice error={ error } retry={ reload } />
			{ view === null && error === null && <Skeleton height="320px" /> }
			{ view?.state === 'unpaired' && (
				<Unpaired pairing={ pairing } onPaired={ startAnew } />
			) }
			{ view?.state === 'moved' && (
				<Moved pairing={ pairing } onDone={ startAnew } />
			) }
			{ view?.state === 'paired' && (
				<Paired
					pairing={ pairing }
					view={ view }
					field={ query[ 'field' ] ?? null }
					onForgotten={ startAnew }
				/>
			) }
		</>
	);
}

/** The page was made for the state before: menus, notices and the console's own boot data. */
function startAnew(): void {
	window.location.hash = '#/pairing';
	window.location.reload();
}
