using Pyrite.Testing;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>The models of posteriordb as a user writes them.</summary>
internal static class PosteriordbModels
{
    private const string EightSchoolsName = "eight_schools-eight_schools_noncentered";
    private const string FalconsName = "GLM_Poisson_Data-GLM_Poisson_model";
    private const string LotkaVolterraName = "hudson_lynx_hare-lotka_volterra";
    private const string CaptureRecaptureName = "M0_data-M0_model";
    private const string RatsName = "rats_data-rats_model";

    /// <summary>All posteriors.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        EightSchoolsName, "kidiq-kidscore_interaction", "sblrc-blr", "arK-arK", "low_dim_gauss_mix-low_dim_gauss_mix", "hmm_example-hmm_example",
            "gp_pois_regr-gp_regr",
        LotkaVolterraName, "wells_data-wells_dist100ars_model", FalconsName, RatsName, CaptureRecaptureName,
    ];

    /// <summary>The model of a posterior with its data.</summary>
    public static Action Of(PosteriorReference reference)
    {
        Tensor Data(string name) => Tensor.From(reference.Data.GetProperty(name).Numbers());
        Tensor Matrix(string name) => MatrixOf(reference, name);
        return reference.Name switch
        {
            EightSchoolsName => EightSchools(Data("y"), Data("sigma")),
            "kidiq-kidscore_interaction" => KidScores(Data("kid_score"), Data("mom_hs"), Data("mom_iq")),
            "sblrc-blr" => Linear(Data("y"), Matrix("X")),
            "arK-arK" => Autoregression(Data("y"), 5),
            "low_dim_gauss_mix-low_dim_gauss_mix" => Mixture(Data("y")),
            "hmm_example-hmm_example" => HiddenMarkov(Data("y")),
            "gp_pois_regr-gp_regr" => GaussianProcess(Data("x"), Data("y")),
            "wells_data-wells_dist100ars_model" => Wells(Data("switched"), Data("dist") / 100, Data("arsenic")),
            FalconsName => Falcons(Data("C"), Data("year")),
            RatsName => Rats(Data("rat").To(DType.Int64) - Tensor.From([1L]), Data("x") - 22.0, Data("y")),
            LotkaVolterraName => LotkaVolterra.Model(Data("y_init"), Matrix("y")),
            CaptureRecaptureName => CaptureRecapture.Model(Matrix("y")),
            _ => throw new ArgumentException($"There is no model for {reference.Name}."),
        };
    }

    /// <summary>Where the chains of a posterior begin; null for anywhere.</summary>
    public static InitialValues? StartOf(PosteriorReference reference) => reference.Name == LotkaVolterraName ? LotkaVolterra.Start : null;

    /// <summary>How to draw from a posterior: NUTS as it comes, with smaller steps where a hierarchy or starts far out need them.</summary>
    public static Nuts SamplerOf(PosteriorReference reference) =>
        new(targetAcceptance: reference.Name is EightSchoolsName or RatsName or FalconsName ? 0.95 : 0.8);

    /// <summary>Whether a model is centred, so that a few divergences are to be expected.</summary>
    public static bool IsCentred(PosteriorReference reference) => reference.Name == RatsName;

    /// <summary>The draws of everything that the reference reports.</summary>
    public static Draws Reported(PosteriorReference reference, Draws draws) =>
        reference.Name == CaptureRecaptureName ? CaptureRecapture.WithNumber(draws, MatrixOf(reference, "y"), seed: 1) : draws;

    private static Tensor MatrixOf(PosteriorReference reference, string name)
    {
        double[][] rows = [.. reference.Data.GetProperty(name).EnumerateArray().Select(row => row.Numbers())];
        return Tensor.From<double>([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);
    }

    private static Action EightSchools(Tensor y, Tensor sigma) => () =>
    {
        Tensor mu = Sample("mu", new Normal(0, 5)), tau = Sample("tau", new HalfCauchy(5));
        using (Plate("schools", 8))
        {
            Tensor theta = Deterministic("theta", mu + (tau * Sample("z", new Normal(0, 1))));
            Sample("y", new Normal(theta, sigma), observed: y);
        }
    };

    private static Action KidScores(Tensor score, Tensor school, Tensor iq) => () =>
    {
        Tensor beta = Sample("beta", new ImproperUniform(Constraints.RealVector, Shape.Scalar, [4]));
        Tensor sigma = Sample("sigma", new HalfCauchy(2.5));
        using (Plate("children", score.Count))
        {
            Sample("score", new Normal(beta[0] + (beta[1] * school) + (beta[2] * iq) + (beta[3] * school * iq), sigma), observed: score);
        }
    };

    private static Action Linear(Tensor y, Tensor x) => () =>
    {
        Tensor beta = Sample("beta", new Normal(Tensor.Zeros(5), 10).ToEvent(1)), sigma = Sample("sigma", new HalfNormal(10));
        using (Plate("rows", y.Count))
        {
            Sample("y", new Normal(x.MatMul(beta), sigma), observed: y);
        }
    };

    private static Action Autoregression(Tensor y, int order) => () =>
    {
        Tensor alpha = Sample("alpha", new Normal(0, 10)), beta = Sample("beta", new Normal(Tensor.Zeros(order), 10).ToEvent(1)),
            sigma = Sample("sigma", new HalfCauchy(2.5));
        int count = y.Count - order;
        Tensor mean = alpha;
        for (int lag = 1; lag <= order; lag++)
        {
            mean += beta[lag - 1] * y.Slice(0, order - lag, count);
        }
        using (Plate("times", count))
        {
            Sample("y", new Normal(mean, sigma), observed: y.Slice(0, order, count));
        }
    };

    private static Action Mixture(Tensor y) => () =>
    {
        Tensor mu = Sample("mu", new ImproperUniform(Constraints.OrderedVector, Shape.Scalar, [2]));
        Factor("mu prior", new Normal(0, 2).LogProb(mu).Sum());
        Tensor sigma = Sample("sigma", new HalfNormal(2 * Tensor.Ones(2)).ToEvent(1)), theta = Sample("theta", new Beta(5, 5));
        Tensor lower = theta.Log() + new Normal(mu[0], sigma[0]).LogProb(y), upper = (1 - theta).Log() + new Normal(mu[1], sigma[1]).LogProb(y);
        Factor("likelihood", lower.LogAddExp(upper).Sum());
    };

    private static Action HiddenMarkov(Tensor y) => () =>
    {
        Tensor first = Sample("theta1", new Dirichlet(Tensor.Ones(2))), second = Sample("theta2", new Dirichlet(Tensor.Ones(2)));
        Tensor mu = Sample("mu", new ImproperUniform(Constraints.PositiveOrderedVector, Shape.Scalar, [2]));
        Factor("mu prior", new Normal(Tensor.From([3.0, 10]), 1).LogProb(mu).Sum());
        Tensor transition = Tensor.Stack([first, second]).Log();
        Tensor densities = new Normal(mu, 1).LogProb(y.Unsqueeze(-1));
        Tensor forward = densities[0];
        for (int t = 1; t < y.Count; t++)
        {
            forward = (forward.Unsqueeze(-1) + transition).LogSumExp(0) + densities[t];
        }
        Factor("likelihood", forward.LogSumExp(0));
    };

    private static Action GaussianProcess(Tensor x, Tensor y)
    {
        Tensor squares = (x.Unsqueeze(-1) - x).Square(),
            identity = Tensor.Where((x.Unsqueeze(-1) - x).EqualTo(0), 1.0, Tensor.Zeros(squares.Shape, DType.Float64));
        return () =>
        {
            Tensor rho = Sample("rho", new Gamma(25, 4)), alpha = Sample("alpha", new HalfNormal(2)), sigma = Sample("sigma", new HalfNormal(1));
            Tensor covariance = (alpha.Square() * (-0.5 * squares / rho.Square()).Exp()) + (sigma * identity);
            Sample("y", new MultivariateNormal(Tensor.Zeros(y.Shape, DType.Float64), covarianceMatrix: covariance), observed: y);
        };
    }

    private static Action Wells(Tensor switched, Tensor distance, Tensor arsenic) => () =>
    {
        Tensor alpha = Sample("alpha", new ImproperUniform(Constraints.Real)),
            beta = Sample("beta", new ImproperUniform(Constraints.RealVector, Shape.Scalar, [2]));
        using (Plate("wells", switched.Count))
        {
            Sample("switched", new Bernoulli(logits: alpha + (beta[0] * distance) + (beta[1] * arsenic)), observed: switched);
        }
    };

    private static Action Falcons(Tensor count, Tensor year) => () =>
    {
        Tensor alpha = Sample("alpha", new Uniform(-20, 20)), beta1 = Sample("beta1", new Uniform(-10, 10));
        Tensor beta2 = Sample("beta2", new Uniform(-10, 10)), beta3 = Sample("beta3", new Uniform(-10, 10));
        using (Plate("years", count.Count))
        {
            Sample("count", new Poisson(logRate: alpha + (beta1 * year) + (beta2 * year.Square()) + (beta3 * year * year.Square())), observed: count);
        }
    };

    private static Action Rats(Tensor rat, Tensor age, Tensor weight) => () =>
    {
        Tensor meanAlpha = Sample("mu_alpha", new Normal(0, 100)), meanBeta = Sample("mu_beta", new Normal(0, 100));
        Tensor noise = Sample("sigma_y", new ImproperUniform(Constraints.Positive));
        Tensor spreadAlpha = Sample("sigma_alpha", new ImproperUniform(Constraints.Positive)),
            spreadBeta = Sample("sigma_beta", new ImproperUniform(Constraints.Positive));
        Tensor alpha, beta;
        using (Plate("rats", 30))
        {
            alpha = Sample("alpha", new Normal(meanAlpha, spreadAlpha));
            beta = Sample("beta", new Normal(meanBeta, spreadBeta));
        }
        Deterministic("alpha0", meanAlpha - (22 * meanBeta));
        using (Plate("rows", weight.Count))
        {
            Sample("weight", new Normal(alpha[rat] + (beta[rat] * age), noise), observed: weight);
        }
    };
}
