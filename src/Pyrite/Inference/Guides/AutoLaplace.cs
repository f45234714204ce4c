using Pyrite.Inference.Curvature;
using Pyrite.Inference.Guides;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>A guide that goes to the mode on the unconstrained side; the curvature there then gives a Normal approximation.</summary>
/// <remarks>Parameter <c>auto.loc</c>. Steps of <see cref="Svi{T}"/> are optional: <see cref="Approximate"/> goes to the mode by itself. Exact where
/// the posterior is Normal on the unconstrained side. Tierney and Kadane, "Accurate approximations for posterior moments and marginal densities",
/// 1986.</remarks>
/// <typeparam name="T">What the model takes.</typeparam>
public sealed class AutoLaplace<T> : AutoJointGuide<T>
{
    private readonly Action<T> model;

    /// <summary>Makes the guide; the model runs once when the guide first does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">Where the search for the mode starts; <see cref="GuideStart.PriorMedian"/> if not given.</param>
    public AutoLaplace(Action<T> model, GuideStart? start = null)
        : base(model, start) => this.model = model;

    /// <summary>Goes to the mode by L-BFGS and puts the Normal distribution of its curvature there.</summary>
    /// <remarks>Computes in Float64 where the data allow it. The result is a guide like any other: score it, draw from it, or train it
    /// further. The curvature is the engine's second derivative; where an operation of the model has none, such as the solution of a differential
    /// equation by default, it is made of differences of gradients, as <c>Laplace.Run</c> does, with an error of about 1e-10 of the largest
    /// one.</remarks>
    /// <param name="data">The data, without subsampling.</param>
    /// <param name="parameters">Where the search starts, and the parameters of the model itself; null for the guide's start.</param>
    /// <param name="maxIterations">The most steps of the search.</param>
    /// <exception cref="InvalidOperationException">The search did not end at a maximum; the message says what was found.</exception>
    public AutoMultivariateNormal<T> Approximate(T data, ParamStore? parameters = null, int maxIterations = 1_000)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope tracked = NoGradient.Suspend();
        With(parameters, () =>
        {
            Run(data);
            return 0;
        });
        LogJoint<T> density = new(model, data, this, parameters);
        Tensor start = With(parameters, () => Loc().To(DType.Float64).Keep());
        Parameter point = new(start);
        LbfgsResult search =
            new Lbfgs([point], gradientTolerance: 1e-8, changeTolerance: 1e-12).Minimize(() => -density.At(point.Value), maxIterations);
        Tensor mode = point.Value.Detach().Keep();
        Tensor factor = Spread(density, mode, search);
        AutoMultivariateNormal<T> result =
            new(model, GuideStart.Given(With(parameters, () => Split(mode).ToDictionary(part => part.Site.Name, part => part.Value.Keep()))), mode,
                factor);
        With(parameters, () =>
        {
            result.Run(data);
            return 0;
        });
        return result;
    }

    /// <inheritdoc/>
    protected internal override Distribution Posterior() => new Delta(Loc(), eventDim: 1, validate: false);

    /// <summary>The Cholesky factor of the inverse of the curvature.</summary>
    private static Tensor Spread(LogJoint<T> density, Tensor mode, LbfgsResult search)
    {
        Tensor curvature = Curvature(density, mode);
        curvature = 0.5 * (curvature + curvature.Transpose());
        double least = curvature.AllFinite() ? curvature.SymmetricEigenvalues().Min().Item() : double.NaN;
        if (!(least > 0))
        {
            throw new InvalidOperationException(
                $"A Laplace approximation needs a maximum of the density. The search ended after {search.Iterations} steps at "
                    + $"loss {search.Loss} with largest gradient {search.LargestGradient}; the smallest curvature there is {least}. Start elsewhere, "
                    + "allow more iterations, or give priors to what the data leave open.");
        }
        return curvature.Inverse().Cholesky().Keep();
    }

    private static Tensor Curvature(LogJoint<T> density, Tensor mode)
    {
        try
        {
            return Gradient.Hessian(u => -density.At(u), mode);
        }
        catch (NotSupportedException)
        {
            // An operation of the model whose gradient has none.
            int size = mode.Count;
            double[] negative = CurvatureByDifferences.Of((point, slopes) =>
            {
                Tensor u = Tensor.From(point, [size]).AsVariable(), value = density.At(u);
                Gradient.Of(value, [u], null, createGraph: false)[0].ToArray<double>().CopyTo(slopes, 0);
                return value.Item();
            }, mode.ToArray<double>());
            return Tensor.From(negative, [size, size]);
        }
    }

    private Tensor Loc() => Param($"{Prefix}.loc", StartVector);
}
