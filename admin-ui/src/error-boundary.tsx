/** A defect in one screen must not take the others along. */
import { Button } from '@wordpress/components';
import { Component } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { Empty } from './components/blocks.tsx';

export class ScreenBoundary extends Component<
	{ readonly children: ReactNode },
	{ readonly failed: boolean }
> {
	override state = { failed: false };

	static getDerivedStateFromError() {
		return { failed: true };
	}

	override render(): ReactNode {
		return this.state.failed ? (
			<Empty
				heading
				title={ __( 'This screen could not be shown.', 'pearlbridge' ) }
				action={
					<Button
						__next40pxDefaultSize
						variant="primary"
						onClick={ () => window.location.reload() }
					>
						{ __( 'Reload', 'pearlbridge' ) }
					</Button>
				}
			>
				{ __(
					'After an update, reloading is enough. Synchronising goes on meanwhile.',
					'pearlbridge'
				) }
			</Empty>
		) : (
			this.props.children
		);
	}
}
