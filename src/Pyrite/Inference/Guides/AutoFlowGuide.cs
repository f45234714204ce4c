using Pyrite.Inference.Guides;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A joint guide that bends standard Normal numbers by a flow; see <see cref="AutoNormalizingFlow{T}"/> and
/// <see cref="AutoIaf{T}"/>.</summary>
/// <typeparam name="T">What the model takes.</typeparam>
public abstract class AutoFlowGuide<T> : AutoJointGuide<T>
{
    private readonly double initialScale;
    private FlowSequence? flow;

    /// <summary>A guide of a model, which runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the guide starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    /// <param name="initialScale">The first standard deviation on the unconstrained side, about.</param>
    protected AutoFlowGuide(Action<T> model, GuideStart? start, double initialScale)
        : base(model, start)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        this.initialScale = initialScale;
    }

    /// <summary>The map from standard Normal numbers to the unconstrained side.</summary>
    /// <exception cref="InvalidOperationException">The guide has not run yet.</exception>
    public Flow Flow =>
        flow ?? throw new InvalidOperationException($"{Kind} has not run yet, so it does not know how many numbers its flow has. Run it first.");

    /// <inheritdoc/>
    protected internal override IEnumerable<Module> Networks => [Flow];

    /// <inheritdoc/>
    protected internal override Distribution Posterior()
    {
        Flow registered = Register($"{Prefix}.flow", Flow);
        Distribution noise = new Normal(Tensor.Zeros([registered.Size], StartVector.DType), 1, validate: false).ToEvent(1);
        return new PushforwardDistribution(noise, registered.AsTransform(), Shape.Scalar, [registered.Size]);
    }

    /// <inheritdoc/>
    protected internal override (Tensor Loc, Tensor Scale)? TurnsOf() =>
        Param($"{Prefix}.turns", StartVector) is var loc ? (loc, Tensor.Ones(loc.Shape, loc.DType)) : null;

    /// <inheritdoc/>
    protected internal override (Tensor Vector, Tensor LogChange) FromNoise(Tensor noise) => Register($"{Prefix}.flow", Flow).Forward(noise);

    private protected override void Begin(List<GuideSite> sites)
    {
        Tensor start = Join(sites);
        Flow made = MakeFlow(start.Count);
        flow = made.Size == start.Count
            ? new FlowSequence(made, new ElementwiseAffineFlow(start, initialScale))
            : throw new ModelException(ModelError.GuideUnsuitable, null,
                $"{Kind} needs a flow of {start.Count} numbers for this model; the one made has {made.Size}. Make it for the size it is given.");
    }

    /// <summary>Makes the flow, when the number of unconstrained numbers is known.</summary>
    /// <param name="size">That number.</param>
    protected abstract Flow MakeFlow(int size);
}
