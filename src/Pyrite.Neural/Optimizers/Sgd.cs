using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Gradient descent, with momentum if wanted.</summary>
/// <remarks>Rounded as PyTorch's SGD: the first momentum buffer is the gradient itself, without dampening; Nesterov's form steps along g + momentum ·
/// buffer.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly double momentum;
    private readonly double dampening;
    private readonly double weightDecay;
    private readonly bool nesterov;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="momentum">Share of the last step that is kept, in [0, 1).</param>
    /// <param name="dampening">Share of the gradient that does not enter the momentum.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    /// <param name="nesterov">Whether the gradient is looked up ahead; needs momentum and no dampening.</param>
    public Sgd(double learningRate = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : this(null, learningRate, momentum, dampening, weightDecay, nesterov)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="Sgd(double, double, double, double, bool)"/>
    public Sgd(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-3, double momentum = 0,
        double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(momentum);
        OptimizerArguments.NotNegative(dampening);
        OptimizerArguments.NotNegative(weightDecay);
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException(
                $"Nesterov's form needs momentum above 0 and no dampening; found momentum {momentum} and dampening {dampening}.", nameof(nesterov));
        }
        this.momentum = momentum;
        this.dampening = dampening;
        this.weightDecay = weightDecay;
        this.nesterov = nesterov;
        StateNames = momentum > 0 ? ["momentum_buffer"] : [];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; }

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate, momentum, dampening, weightDecay, nesterov, update.State.Step == 1));
        }
        pass.Run();
    }

    private readonly record struct Rule(double Rate, double Momentum, double Dampening, double WeightDecay, bool Nesterov, bool IsFirst) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            if (Momentum > 0)
            {
                V momentum = V.OfReal(Momentum);
                V buffer = IsFirst ? g : (lanes.First * momentum) + (V.OfReal(1 - Dampening) * g);
                lanes.First = buffer;
                g = Nesterov ? g + (momentum * buffer) : buffer;
            }
            lanes.Parameter -= V.OfReal(Rate) * g;
        }
    }
}
