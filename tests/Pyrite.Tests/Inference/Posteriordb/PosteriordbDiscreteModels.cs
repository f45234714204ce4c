using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Models of posteriordb with the discrete variables that Stan has to sum out by hand.</summary>
internal static class PosteriordbDiscreteModels
{
    private const string MixtureName = "low_dim_gauss_mix-low_dim_gauss_mix";
    private const string HiddenMarkovName = "hmm_example-hmm_example";
    private const string CaptureRecaptureName = "M0_data-M0_model";

    /// <summary>The posteriors.</summary>
    public static IReadOnlyList<string> Names { get; } = [MixtureName, HiddenMarkovName, CaptureRecaptureName];

    /// <summary>The model of a posterior with its data.</summary>
    public static Action Of(PosteriorReference reference) => reference.Name switch
    {
        MixtureName => Mixture(Vector(reference, "y")),
        HiddenMarkovName => HiddenMarkov(Vector(reference, "y")),
        CaptureRecaptureName => CaptureRecapture(Matrix(reference, "y")),
        _ => throw new ArgumentException($"There is no model for {reference.Name}."),
    };

    /// <summary>The draws of everything that the reference reports: the number of animals is a sum over a discrete site.</summary>
    public static Draws Reported(PosteriorReference reference, McmcResult posterior)
    {
        if (reference.Name != CaptureRecaptureName)
        {
            return posterior.Draws;
        }
        Tensor exists = posterior.Discrete.Draw(seed: 1)["exists"].To(DType.Float64);
        return posterior.Draws.With(new DrawsVariable("N", Shape.Scalar, exists.Sum(-1).ToArray<double>()));
    }

    private static Action Mixture(Tensor y) => () =>
    {
        Tensor mu = Sample("mu", new ImproperUniform(Constraints.OrderedVector, Shape.Scalar, [2]));
        Factor("mu prior", new Normal(0, 2).LogProb(mu).Sum());
        Tensor sigma = Sample("sigma", new HalfNormal(2 * Tensor.Ones(2)).ToEvent(1)), theta = Sample("theta", new Beta(5, 5));
        using (Plate("rows", y.Count))
        {
            Tensor isUpper = Sample("is_upper", new Bernoulli(1 - theta)).To(DType.Int64);
            Sample("y", new Normal(mu.Take(isUpper), sigma.Take(isUpper)), observed: y);
        }
    };

    private static Action HiddenMarkov(Tensor y) => () =>
    {
        Tensor transition = Tensor.Stack([Sample("theta1", new Dirichlet(Tensor.Ones(2))), Sample("theta2", new Dirichlet(Tensor.Ones(2)))]);
        Tensor mu = Sample("mu", new ImproperUniform(Constraints.PositiveOrderedVector, Shape.Scalar, [2]));
        Factor("mu prior", new Normal(Tensor.From([3.0, 10]), 1).LogProb(mu).Sum());
        Tensor state = Sample("state_0", new Categorical(Tensor.From([0.5, 0.5])));
        Sample("y_0", new Normal(mu.Take(state), 1), observed: y[0]);
        for (int t = 1; t < y.Count; t++)
        {
            state = Sample($"state_{t}", new Categorical(transition.Take(state)));
            Sample($"y_{t}", new Normal(mu.Take(state), 1), observed: y[t]);
        }
    };

    private static Action CaptureRecapture(Tensor seen) => () =>
    {
        Tensor omega = Sample("omega", new Uniform(0, 1)), p = Sample("p", new Uniform(0, 1));
        using (Plate("individuals", seen.Shape[0]))
        {
            Tensor exists = Sample("exists", new Bernoulli(omega));
            Sample("seen", new Bernoulli((exists * p).Unsqueeze(-1).BroadcastTo(seen.Shape)).ToEvent(1), observed: seen);
        }
    };

    private static Tensor Vector(PosteriorReference reference, string name) => Tensor.From(reference.Data.GetProperty(name).Numbers());

    private static Tensor Matrix(PosteriorReference reference, string name)
    {
        double[][] rows = [.. reference.Data.GetProperty(name).EnumerateArray().Select(row => row.Numbers())];
        return Tensor.From<double>([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);
    }
}
