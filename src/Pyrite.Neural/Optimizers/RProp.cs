using System.Numerics;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Steps whose size grows while the gradient keeps its sign, for full batches.</summary>
/// <remarks>Riedmiller and Braun, "The RPROP algorithm" (1993), the variant that forgets a gradient which changed its sign; rounded as PyTorch's Rprop.</remarks>
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
        public void Run<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T shrink = T.CreateTruncating(Shrink);
            T grow = T.CreateTruncating(Grow);
            T smallest = T.CreateTruncating(Smallest);
            T largest = T.CreateTruncating(Largest);
            for (int i = 0; i < parameter.Length; i++)
            {
                T g = gradient[i];
                T agreement = g * first[i];
                T factor = agreement > T.Zero ? grow : agreement < T.Zero ? shrink : T.One;
                second[i] = T.Clamp(second[i] * factor, smallest, largest);
                g = agreement < T.Zero ? T.Zero : g;
                parameter[i] -= second[i] * (g > T.Zero ? T.One : g < T.Zero ? -T.One : T.Zero);
                first[i] = g;
            }
        }
    }
}
