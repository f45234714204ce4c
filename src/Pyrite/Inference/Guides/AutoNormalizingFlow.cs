namespace Pyrite;

/// <summary>A joint guide made of Normal numbers that a flow bends into shape.</summary>
/// <remarks>Draws are f(ε), ε standard Normal, where f is the given flow followed by a learnt shift and stretch of each coordinate, which starts at
/// the guide's start. The networks are registered as <c>auto.flow</c>. Rezende and Mohamed, "Variational inference with normalizing flows",
/// 2015.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoNormalizingFlow<T> : AutoFlowGuide<T>
{
    private readonly Func<int, Flow> makeFlow;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="makeFlow">Makes the flow for so many numbers: <c>size => new FlowSequence(new SplineCouplingFlow(size), new ReverseFlow(size),
    /// …)</c>.</param>
    /// <param name="start">Where the flow is centred at first; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first stretch of each coordinate.</param>
    public AutoNormalizingFlow(Action<T> model, Func<int, Flow> makeFlow, GuideStart? start = null, double initialScale = 0.1)
        : base(model, start, initialScale) => this.makeFlow = makeFlow ?? throw new ArgumentNullException(nameof(makeFlow));

    /// <inheritdoc/>
    protected override Flow MakeFlow(int size) => makeFlow(size);
}
