using System.Numerics;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Steps divided by the root of a running mean of squared gradients.</summary>
/// <remarks>Hinton's lecture 6e (2012); rounded as PyTorch's RMSprop, ε being added outside the root. Centered: the squared running mean is subtracted first (Graves 2013).</remarks>
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
    public RmsProp(double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
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
        public void Run<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T rate = T.CreateTruncating(Rate);
            T alpha = T.CreateTruncating(Alpha);
            T fresh = T.CreateTruncating(1 - Alpha);
            T epsilon = T.CreateTruncating(Epsilon);
            T decay = T.CreateTruncating(WeightDecay);
            T momentum = T.CreateTruncating(Momentum);
            for (int i = 0; i < parameter.Length; i++)
            {
                T g = gradient[i] + (decay * parameter[i]);
                T square = (first[i] * alpha) + (fresh * (g * g));
                first[i] = square;
                if (Centered)
                {
                    second[i] += fresh * (g - second[i]);
                    square -= second[i] * second[i];
                }
                third[i] = (third[i] * momentum) + (g / (T.Sqrt(square) + epsilon));
                parameter[i] -= rate * third[i];
            }
        }
    }
}
