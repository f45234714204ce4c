using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Steps divided by the root of the sum of all squared gradients.</summary>
/// <remarks>Duchi, Hazan and Singer, "Adaptive subgradient methods" (2011); rounded as PyTorch's Adagrad.</remarks>
public sealed class Adagrad : Optimizer
{
    private static readonly string[] Names = ["sum"];

    private readonly double rateDecay;
    private readonly double weightDecay;
    private readonly double initialSum;
    private readonly double epsilon;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="rateDecay">The rate of step t is rate / (1 + (t - 1) · rateDecay).</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    /// <param name="initialSum">What the sums of squares start with.</param>
    /// <param name="epsilon">Keeps the divisor from vanishing.</param>
    public Adagrad(double learningRate = 1e-2, double rateDecay = 0, double weightDecay = 0, double initialSum = 0, double epsilon = 1e-10)
        : this(null, learningRate, rateDecay, weightDecay, initialSum, epsilon)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="Adagrad(double, double, double, double, double)"/>
    public Adagrad(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-2, double rateDecay = 0,
        double weightDecay = 0, double initialSum = 0, double epsilon = 1e-10)
        : base(learningRate, parameters)
    {
        OptimizerArguments.NotNegative(rateDecay);
        OptimizerArguments.NotNegative(weightDecay);
        OptimizerArguments.NotNegative(initialSum);
        OptimizerArguments.NotNegative(epsilon);
        this.rateDecay = rateDecay;
        this.weightDecay = weightDecay;
        this.initialSum = initialSum;
        this.epsilon = epsilon;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate / (1 + ((update.State.Step - 1) * rateDecay)), weightDecay, epsilon));
        }
        pass.Run();
    }

    /// <inheritdoc/>
    protected override double InitialState(int index) => initialSum;

    private readonly record struct Rule(double Rate, double WeightDecay, double Epsilon) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            lanes.First += g * g;
            lanes.Parameter -= V.OfReal(Rate) * (g / (V.Sqrt(lanes.First) + V.OfReal(Epsilon)));
        }
    }
}
