import { __, sprintf } from '@wordpress/i18n';
import {
	CommandButton,
	Confirm,
	Note,
	formatDateTime,
} from '../../components/index.ts';
import { Radios, TextInput } from '../../components/form/inputs.tsx';
import { Setting, useField, useForm } from './form.tsx';
import { fromLocal, liveChange, toLocal } from './go-live.ts';
import type { LiveChange } from './go-live.ts';
import { readAt } from './tree.ts';

export function LiveSection() {
	const { value, set } = useField( 'goLive' );
	const { base } = useForm();
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const change = liveChange( readAt( base, 'goLive' ), value );
	return (
		<Setting path="goLive" group>
			{ () => (
				<>
					<Radios
						value={ value === null ? 'off' : 'on' }
						options={ [
							{
								value: 'off',
								label: __( 'Not live', 'pearlbridge' ),
								help: __(
									'Nothing moves by itself, either way. Orders can still be pushed one by one, and stock pulled by hand.',
									'pearlbridge'
								),
							},
							{
								value: 'on',
								label: __( 'Live from', 'pearlbridge' ),
							},
						] }
						onChange={ ( chosen ) =>
							set(
								chosen === 'off'
									? null
									: ( readAt( base, 'goLive' ) ??
											new Date().toISOString() )
							)
						}
					/>
					{ value !== null && (
						<>
							<span className="pb-row">
								<TextInput
									type="datetime-local"
									step={ 1 }
									width="medium"
									aria-label={ __(
										'Live from',
										'pearlbridge'
									) }
									value={ toLocal( value ) }
									onChange={ ( local ) =>
										set( fromLocal( local ) )
									}
								/>
								<CommandButton
									variant="tertiary"
									onClick={ () =>
										set( new Date().toISOString() )
									}
								>
									{ __( 'Now', 'pearlbridge' ) }
								</CommandButton>
							</span>
							<p className="pb-muted">
								{ sprintf(
									/* translators: 1: name of a time zone, 2: a time in UTC */
									__(
										'In your time zone, %1$s. In UTC: %2$s',
										'pearlbridge'
									),
									zone,
									String( value )
										.replace( 'T', ' ' )
										.replace( /(\.\d+)?Z$/, '' )
								) }
							</p>
						</>
					) }
					{ change !== null && (
						<Note
							status={ change === 'starts' ? 'info' : 'warning' }
							spoken={ warning( change, value ) }
						>
							{ warning( change, value ) }
						</Note>
					) }
				</>
			) }
		</Setting>
	);
}

/** Asked before saving a moment that lies in the past. */
export function ReachBack( {
	since,
	onConfirm,
	onClose,
}: {
	readonly since: string;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
} ) {
	return (
		<Confirm
			title={ __( 'Push orders of the past?', 'pearlbridge' ) }
			action={ __( 'Save and push them', 'pearlbridge' ) }
			destructive
			onConfirm={ onConfirm }
			onClose={ onClose }
		>
			<p>
				{ sprintf(
					/* translators: %s: a time */
					__(
						'Every order placed since %s that is not in the ledger yet goes to Brightpearl.',
						'pearlbridge'
					),
					formatDateTime( since )
				) }
			</p>
			<p>
				{ __(
					'Orders that were entered into Brightpearl by hand or by another connector will be there twice.',
					'pearlbridge'
				) }
			</p>
		</Confirm>
	);
}

function warning( change: LiveChange, value: unknown ): string {
	const time = value === null ? '' : formatDateTime( String( value ) );
	switch ( change ) {
		case 'stops':
			return __(
				'When you save, nothing is pushed and no stock is written by itself any more. The shop may oversell meanwhile. Orders placed before the moment you go live again are not pushed by themselves.',
				'pearlbridge'
			);
		case 'starts':
			return sprintf(
				/* translators: %s: a time */
				__(
					'When you save, orders placed from %s on go to Brightpearl by themselves, and the shop’s stock is overwritten with Brightpearl’s.',
					'pearlbridge'
				),
				time
			);
		case 'earlier':
			return sprintf(
				/* translators: %s: a time */
				__(
					'When you save, orders placed from %s on that are not in the ledger yet are pushed. If some of them were entered into Brightpearl by hand, they will be there twice.',
					'pearlbridge'
				),
				time
			);
		case 'later':
			return sprintf(
				/* translators: %s: a time */
				__(
					'When you save, orders placed before %s that were not pushed yet never are by themselves.',
					'pearlbridge'
				),
				time
			);
	}
}
