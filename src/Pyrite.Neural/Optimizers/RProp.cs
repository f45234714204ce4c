using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Steps whose size grows while the gradient keeps its sign, for full batches.</summary>
/// <remarks>Riedmiller and Braun, "The RPROP algorithm" (1993), the variant that forgets a gradient which changed its sign; rounded as PyTorch's
/// Rprop.</remarks>
public sealed class RProp : Optimizer
{
    private static readonly string[] Names = ["prev", "step_size"];

    private readonly double shrink;
    private readonly double grow;
    private readonly double smallestStep;
    private readonly double largestStep;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="shrink">Factor on the step where the sign has changed, in [0, 1).</param>
    /// <param name="grow">Factor on the step where the sign is kept, above 1.</param>
    /// <param name="smallestStep">Least size of a step.</param>
    /// <param name="largestStep">Greatest size of a step.</param>
    public RProp(double learningRate = 1e-2, double shrink = 0.5, double grow = 1.2, double smallestStep = 1e-6, double largestStep = 50)
        : this(null, learningRate, shrink, grow, smallestStep, largestStep)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="RProp(double, double, double, double, double)"/>
    public RProp(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-2, double shrink = 0.5,
        double grow = 1.2, double smallestStep = 1e-6, double largestStep = 50)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(shrink);
        OptimizerArguments.NotNegative(grow);
        OptimizerArguments.NotNegative(smallestStep);
        OptimizerArguments.NotNegative(largestStep);
        this.shrink = shrink;
        this.grow = grow;
        this.smallestStep = smallestStep;
        this.largestStep = largestStep;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(shrink, grow, smallestStep, largestStep));
        }
        pass.Run();
    }

    /// <inheritdoc/>
    protected override double InitialState(int index) => index == 1 ? LearningRate : 0;

    private readonly record struct Rule(double Shrink, double Grow, double Smallest, double Largest) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V zero = V.OfReal(0);
            V agreement = lanes.Gradient * lanes.First;
            V turned = V.Less(agreement, zero);
            V factor = V.Select(V.Less(zero, agreement), V.OfReal(Grow), V.Select(turned, V.OfReal(Shrink), V.OfReal(1)));
            lanes.Second = V.Larger(V.OfReal(Smallest), V.Smaller(V.OfReal(Largest), lanes.Second * factor));
            V g = V.Select(turned, zero, lanes.Gradient);
            V sign = V.Select(V.Less(zero, g), V.OfReal(1), V.Select(V.Less(g, zero), V.OfReal(-1), zero));
            lanes.Parameter -= lanes.Second * sign;
            lanes.First = g;
        }
    }
}
