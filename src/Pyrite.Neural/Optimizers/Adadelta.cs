using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Steps whose size follows from the sizes of the steps before.</summary>
/// <remarks>Zeiler, "ADADELTA: an adaptive learning rate method" (2012); rounded as PyTorch's Adadelta, ε inside the roots.</remarks>
public sealed class Adadelta : Optimizer
{
    private static readonly string[] Names = ["square_avg", "acc_delta"];

    private readonly double rho;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="rho">Decay of the running means, in [0, 1).</param>
    /// <param name="epsilon">Keeps the divisor from vanishing.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    public Adadelta(double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : this(null, learningRate, rho, epsilon, weightDecay)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="Adadelta(double, double, double, double)"/>
    public Adadelta(
        IEnumerable<Parameter>? parameters, double learningRate = 1,
        double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(rho);
        OptimizerArguments.NotNegative(epsilon);
        OptimizerArguments.NotNegative(weightDecay);
        this.rho = rho;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate, rho, epsilon, weightDecay));
        }
        pass.Run();
    }

    private readonly record struct Rule(double Rate, double Rho, double Epsilon, double WeightDecay) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V rho = V.OfReal(Rho);
            V fresh = V.OfReal(1 - Rho);
            V epsilon = V.OfReal(Epsilon);
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            lanes.First = (lanes.First * rho) + (fresh * (g * g));
            V step = V.Sqrt(lanes.Second + epsilon) / V.Sqrt(lanes.First + epsilon) * g;
            lanes.Second = (lanes.Second * rho) + (fresh * (step * step));
            lanes.Parameter -= V.OfReal(Rate) * step;
        }
    }
}
