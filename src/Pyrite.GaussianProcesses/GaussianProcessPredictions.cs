using Pyrite.Processes;

namespace Pyrite;

public sealed partial class GaussianProcess
{
    /// <summary>The process at other places, given observations here.</summary>
    /// <param name="y">What was observed at <see cref="X"/>, noise included; [.., n].</param>
    /// <param name="xNew">The other places, [.., m, columns] or [m].</param>
    /// <param name="noiseVariance">The noise of new observations: none gives the curve itself, that of the process predicts observations.</param>
    /// <param name="meanAtNew">The prior mean at the new places; needed where the mean of this process was given as [n] numbers, for these
    /// alone.</param>
    /// <param name="jitter">What is added to the new diagonal; draws need none.</param>
    /// <returns>A process over [m] values (Rasmussen and Williams 2006, equations 2.25 and 2.26), with <see cref="Mean"/>, <see cref="Variance"/>,
    /// <see cref="Covariance"/> and draws; it can be conditioned again. Draws take the symmetric root of the covariance, which may be
    /// singular.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the prior mean is not known at the new places.</exception>
    public GaussianProcess Condition(Tensor y, Tensor xNew, Tensor? noiseVariance = null, MeanFunction? meanAtNew = null, double jitter = 0)
    {
        ArgumentNullException.ThrowIfNull(xNew);
        if (meanAtNew is null && !meanFunction.IsKnownEverywhere)
        {
            throw new ArgumentException(
                $"{Name}: the mean was given as {EventShape[0]} numbers for the rows of this process, so it is not known at other places. Give "
                    + $"meanAtNew, or "
                    + "make the process with a mean that is a number or a function of places (MeanFunction.Of).", nameof(meanAtNew));
        }
        Tensor whitened = Factor.SolveLower(ValuesOf(y) - loc);
        ConditionedKernel conditioned = new(Kernel, rows, cross => Factor.SolveTriangular(cross));
        MeanFunction prior = meanAtNew ?? meanFunction;
        MeanFunction mean = MeanFunction.Of(places => prior.At(places) + conditioned.Explained(places, whitened));
        return new GaussianProcess(conditioned, xNew, noiseVariance, mean, jitter, Validate);
    }

    /// <summary>A part of the process at other places, given observations of the whole: of a kernel <c>trend + season</c> the trend alone.</summary>
    /// <param name="part">A summand of the kernel.</param>
    /// <param name="y">What was observed at <see cref="X"/>, noise and all parts included; [.., n].</param>
    /// <param name="xNew">The places, [.., m, columns] or [m].</param>
    /// <param name="jitter">What is added to the new diagonal; draws need none.</param>
    /// <returns>A process over [m] values of prior mean 0: the mean of the whole belongs to no part. The means of all parts of a kernel add up to
    /// that of
    /// <see cref="Condition"/>, without the prior mean; their variances do not, because parts are correlated given the data.</returns>
    /// <remarks>It is not looked at whether the kernel has this part.</remarks>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public GaussianProcess Component(Kernel part, Tensor y, Tensor xNew, double jitter = 0)
    {
        ArgumentNullException.ThrowIfNull(part);
        Tensor whitened = Factor.SolveLower(ValuesOf(y) - loc);
        ConditionedKernel conditioned = new(part, rows, cross => Factor.SolveTriangular(cross));
        return new GaussianProcess(conditioned, xNew, null, MeanFunction.Of(places => conditioned.Explained(places, whitened)), jitter, Validate);
    }

    /// <summary>What the process says of each observation, given all others, without fitting anything again.</summary>
    /// <param name="y">What was observed at <see cref="X"/>, noise included; [.., n].</param>
    /// <remarks>Rasmussen and Williams 2006, equations 5.10 to 5.12. Take it of the process with the noise of the observations.</remarks>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public LeaveOneOutPredictions LeaveOneOut(Tensor y)
    {
        Tensor values = ValuesOf(y);
        Tensor inverse = Factor.InverseOfLower();
        Tensor precision = inverse.Square().Sum(-2);
        Tensor weighted = Factor.SolveLower(Factor.SolveLower(values - loc), transposed: true);
        Tensor residual = weighted / precision;
        Tensor logDensity = (0.5 * precision.Log()) - (0.5 * residual.Square() * precision) - HalfLogTwoPi;
        return new LeaveOneOutPredictions(values - residual, (1 / precision).BroadcastTo(residual.Shape), logDensity);
    }

    /// <summary>States the values of the process as a latent of the model, for a likelihood of any kind: <c>Sample("y", new
    /// Poisson(gp.Latent("f").Exp()),
    /// observed: y)</c>.</summary>
    /// <param name="name">The name of the values; the numbers that inference moves are the site <c>name.white</c>, standard normal and independent,
    /// so that
    /// neither NUTS nor guides see the correlations of the process (f = mean + L white).</param>
    /// <returns>The values, batch + [n], a deterministic site.</returns>
    /// <remarks>Smooth kernels without noise need a <see cref="Jitter"/>, such as 1e-8 of the variance.</remarks>
    public Tensor Latent(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Tensor white = Primitives.Sample(name + ".white", new Normal(Tensor.Zeros(BatchShape + EventShape, DType.Float64), 1).ToEvent(1));
        Tensor values = loc + Factor.MatMul(white.To(DType.Float64).Unsqueeze(-1)).Squeeze(-1);
        return Primitives.Deterministic(name, values.To(DType), eventDimensions: 1);
    }

    private Tensor ValuesOf(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        return y.Rank > 0 && y.Shape[^1] == EventShape[0]
            ? y.To(DType.Float64)
            : throw new ArgumentException($"{Name}: {EventShape[0]} observations are needed, one for each row of x; found shape "
                + $"{y.Shape}.", nameof(y));
    }
}
