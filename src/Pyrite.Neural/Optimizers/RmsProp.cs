using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Steps divided by the root of a running mean of squared gradients.</summary>
/// <remarks>Hinton's lecture 6e (2012); rounded as PyTorch's RMSprop, ε being added outside the root. Centered: the squared running mean is
/// subtracted first (Graves 2013).</remarks>
public sealed class RmsProp : Optimizer
{
    private static readonly string[] Names = ["square_avg", "grad_avg", "momentum_buffer"];

    private readonly double alpha;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly double momentum;
    private readonly bool centered;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="alpha">Decay of the running means, in [0, 1).</param>
    /// <param name="epsilon">Keeps the divisor from vanishing.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    /// <param name="momentum">Share of the last step that is kept, in [0, 1).</param>
    /// <param name="centered">Whether the variance takes the place of the mean square.</param>
    public RmsProp(double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0,
        bool centered = false)
        : this(null, learningRate, alpha, epsilon, weightDecay, momentum, centered)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="RmsProp(double, double, double, double, double, bool)"/>
    public RmsProp(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-2, double alpha = 0.99,
        double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(alpha);
        OptimizerArguments.NotNegative(epsilon);
        OptimizerArguments.NotNegative(weightDecay);
        OptimizerArguments.Decay(momentum);
        this.alpha = alpha;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
        this.momentum = momentum;
        this.centered = centered;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate, alpha, epsilon, weightDecay, momentum, centered));
        }
        pass.Run();
    }

    private readonly record struct Rule(double Rate, double Alpha, double Epsilon, double WeightDecay, double Momentum, bool Centered) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V fresh = V.OfReal(1 - Alpha);
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            V square = (lanes.First * V.OfReal(Alpha)) + (fresh * (g * g));
            lanes.First = square;
            if (Centered)
            {
                lanes.Second += fresh * (g - lanes.Second);
                square -= lanes.Second * lanes.Second;
            }
            lanes.Third = (lanes.Third * V.OfReal(Momentum)) + (g / (V.Sqrt(square) + V.OfReal(Epsilon)));
            lanes.Parameter -= V.OfReal(Rate) * lanes.Third;
        }
    }
}
