using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam with clipped gradients and a falling rate, as Pyro's of that name.</summary>
/// <remarks>Entries of gradients are clamped to ±clip, the rate is multiplied by rateDecay before each step, and ε is added before the bias
/// correction. Centered: the second moment is that of the deviation from the first.</remarks>
public sealed class ClippedAdam : Optimizer
{
    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"];

    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly double clip;
    private readonly double rateDecay;
    private readonly bool centered;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="beta1">Decay of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">Keeps the divisor from vanishing.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    /// <param name="clip">Largest magnitude of an entry of a gradient.</param>
    /// <param name="rateDecay">Factor on the rate at each step.</param>
    /// <param name="centered">Whether steps are scaled by the variance of the gradient.</param>
    public ClippedAdam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0,
        double clip = 10, double rateDecay = 1, bool centered = false)
        : this(null, learningRate, beta1, beta2, epsilon, weightDecay, clip, rateDecay, centered)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="ClippedAdam(double, double, double, double, double, double, double, bool)"/>
    public ClippedAdam(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8, double weightDecay = 0, double clip = 10, double rateDecay = 1, bool centered = false)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(beta1);
        OptimizerArguments.Decay(beta2);
        OptimizerArguments.NotNegative(epsilon);
        OptimizerArguments.NotNegative(weightDecay);
        OptimizerArguments.NotNegative(clip);
        OptimizerArguments.NotNegative(rateDecay);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
        this.clip = clip;
        this.rateDecay = rateDecay;
        this.centered = centered;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        // Nearly all parameters have been updated equally often: the powers in the rule are taken once for them.
        long step = 0;
        Rule rule = default;
        foreach (ref readonly ParameterUpdate update in updates)
        {
            if (update.State.Step != step)
            {
                step = update.State.Step;
                rule = new Rule(StepSize(step), beta1, beta2, epsilon, weightDecay, clip, centered);
            }
            pass.Add(update, rule);
        }
        pass.Run();
    }

    private double StepSize(long step) =>
        Rate * Math.Pow(rateDecay, step) * Math.Sqrt(1 - Math.Pow(beta2, step)) / (1 - Math.Pow(beta1, step));

    private readonly record struct Rule(double StepSize, double Beta1, double Beta2, double Epsilon, double WeightDecay, double Clip, bool Centered)
        : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V clip = V.OfReal(Clip);
            V g = V.Larger(V.OfReal(-Clip), V.Smaller(clip, lanes.Gradient)) + (V.OfReal(WeightDecay) * lanes.Parameter);
            lanes.First = (lanes.First * V.OfReal(Beta1)) + (V.OfReal(1 - Beta1) * g);
            V deviation = Centered ? g - lanes.First : g;
            lanes.Second = (lanes.Second * V.OfReal(Beta2)) + (V.OfReal(1 - Beta2) * (deviation * deviation));
            lanes.Parameter -= V.OfReal(StepSize) * (lanes.First / (V.Sqrt(lanes.Second) + V.OfReal(Epsilon)));
        }
    }
}
