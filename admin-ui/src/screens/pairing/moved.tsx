import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ApiError } from '../../host.ts';
import {
	CommandButton,
	ErrorNotice,
	Note,
	Panel,
} from '../../components/index.ts';
import type { Pairing } from './use-pairing.ts';

/** The address changed: the shop itself, or a copy that must not push its orders? */
export function Moved( {
	pairing: { run, busy, view },
	onDone,
}: {
	readonly pairing: Pairing;
	readonly onDone: () => void;
} ) {
	const [ error, setError ] = useState< ApiError | null >( null );
	const [ choice, setChoice ] = useState< 'moved' | 'copy' | null >( null );
	const choose = async ( wanted: 'moved' | 'copy' ): Promise< void > => {
		setError( null );
		setChoice( wanted );
		const answer = await run( {
			path: 'pairing/moved',
			data: { choice: wanted },
		} );
		if ( answer.ok ) {
			onDone();
		} else {
			setError( answer.error );
		}
	};
	return (
		<div className="pb-narrow pb-stack">
			<Note
				status="warning"
				spoken={ __( 'Pearlbridge is paused.', 'pearlbridge' ) }
			>
				<strong>
					{ __(
						'The address of this site has changed since it was paired. Pearlbridge is paused until you say what happened.',
						'pearlbridge'
					) }
				</strong>
				{ view?.connection != null && (
					<p>
						{ sprintf(
							/* translators: 1: name of a connection, 2: address of the service */
							__(
								'It was paired as %1$s with %2$s.',
								'pearlbridge'
							),
							view.connection,
							view.sidecarUrl ?? '?'
						) }
					</p>
				) }
			</Note>
			<ErrorNotice error={ error } />
			<div className="pb-columns">
				<Panel title={ __( 'The shop has moved', 'pearlbridge' ) }>
					<p>
						{ __(
							'This is the shop, at a new address; the old one is gone. The pairing goes on here, with all orders that were pushed.',
							'pearlbridge'
						) }
					</p>
					<div className="pb-actions">
						<CommandButton
							variant="primary"
							busy={ busy !== null && choice === 'moved' }
							disabled={ busy !== null }
							onClick={ () => void choose( 'moved' ) }
						>
							{ __( 'Go on at this address', 'pearlbridge' ) }
						</CommandButton>
					</div>
				</Panel>
				<Panel title={ __( 'This is a copy', 'pearlbridge' ) }>
					<p>
						{ __(
							'For testing, say, while the shop runs on elsewhere. The copy forgets the pairing; the shop’s own pairing is not touched, and no order of the copy reaches Brightpearl.',
							'pearlbridge'
						) }
					</p>
					<div className="pb-actions">
						<CommandButton
							busy={ busy !== null && choice === 'copy' }
							disabled={ busy !== null }
							onClick={ () => void choose( 'copy' ) }
						>
							{ __( 'Forget the pairing here', 'pearlbridge' ) }
						</CommandButton>
					</div>
				</Panel>
			</div>
		</div>
	);
}
