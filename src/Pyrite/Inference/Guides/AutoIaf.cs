namespace Pyrite;

/// <summary>A joint guide made of Normal numbers that inverse autoregressive flows bend into shape.</summary>
/// <remarks>Affine autoregressive layers with the order of coordinates reversed in between. Kingma et al., "Improved variational inference with
/// inverse autoregressive flow", 2016.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoIaf<T> : AutoFlowGuide<T>
{
    private readonly int layers;
    private readonly int[]? hidden;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">How many autoregressive layers.</param>
    /// <param name="hidden">Sizes of each layer's hidden layers; twice as many as the latents have numbers, but at least 10, if not given.</param>
    /// <param name="start">Where the flow is centred at first; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first stretch of each coordinate.</param>
    public AutoIaf(Action<T> model, int layers = 2, int[]? hidden = null, GuideStart? start = null, double initialScale = 0.1)
        : base(model, start, initialScale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        this.layers = layers;
        this.hidden = hidden;
    }

    /// <inheritdoc/>
    protected override Flow MakeFlow(int size)
    {
        List<Flow> parts = [];
        for (int i = 0; i < layers; i++)
        {
            if (i > 0)
            {
                parts.Add(new ReverseFlow(size));
            }
            parts.Add(new AffineAutoregressiveFlow(size, hidden ?? [Math.Max(10, 2 * size)]));
        }
        return new FlowSequence([.. parts]);
    }
}
