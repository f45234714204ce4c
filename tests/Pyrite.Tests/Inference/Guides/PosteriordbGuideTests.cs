using System.Text.Json;
using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>AutoMultivariateNormal, started from a Laplace approximation and trained on, against reference posteriors: means within 0.3 standard
/// deviations, spreads within 15 %.</summary>
public sealed class PosteriordbGuideTests
{
    [PosteriordbFact]
    public void Kidscore_interaction()
    {
        PosteriorReference reference = PosteriorReference.Load("kidiq-kidscore_interaction");
        Tensor high = Column(reference, "mom_hs"), iq = Column(reference, "mom_iq"), score = Column(reference, "kid_score");
        Tensor x = Tensor.Stack([Tensor.Ones(high.Shape, DType.Float64), high, iq, high * iq], -1);
        Check(reference, _ =>
        {
            Tensor beta = Flat("beta", 4);
            Tensor sigma = Sample("sigma", new HalfCauchy(2.5));
            Observe(score, new Normal(x.MatMul(beta.Unsqueeze(-1)).Squeeze(-1), sigma));
        });
    }

    [PosteriordbFact]
    public void Linear_regression()
    {
        PosteriorReference reference = PosteriorReference.Load("sblrc-blr");
        Tensor x = Matrix(reference.Data.GetProperty("X")), y = Column(reference, "y");
        Check(reference, _ =>
        {
            Tensor beta = Sample("beta", new Normal(Tensor.Zeros([5], DType.Float64), 10).ToEvent(1));
            Tensor sigma = Sample("sigma", new HalfNormal(10));
            Observe(y, new Normal(x.MatMul(beta.Unsqueeze(-1)).Squeeze(-1), sigma));
        });
    }

    [PosteriordbFact]
    public void Autoregression_of_order_five()
    {
        PosteriorReference reference = PosteriorReference.Load("arK-arK");
        double[] y = Column(reference, "y").ToArray<double>();
        Tensor now = Tensor.From(y[5..]);
        Tensor x = Tensor.Stack([.. Enumerable.Range(1, 5).Select(k => Tensor.From(y[(5 - k)..^k]))], -1);
        Check(reference, _ =>
        {
            Tensor alpha = Sample("alpha", new Normal(0, 10));
            Tensor beta = Sample("beta", new Normal(Tensor.Zeros([5], DType.Float64), 10).ToEvent(1));
            Tensor sigma = Sample("sigma", new HalfCauchy(2.5));
            Observe(now, new Normal(alpha + x.MatMul(beta.Unsqueeze(-1)).Squeeze(-1), sigma));
        });
    }

    [PosteriordbFact]
    [Trait("Category", "Long")]
    public void Wells()
    {
        PosteriorReference reference = PosteriorReference.Load("wells_data-wells_dist100ars_model");
        Tensor distance = Column(reference, "dist") / 100, arsenic = Column(reference, "arsenic"), switched = Column(reference, "switched");
        Check(reference, _ =>
        {
            Tensor alpha = Sample("alpha", new ImproperUniform(Constraints.Real, Shape.Scalar, Shape.Scalar));
            Tensor beta = Flat("beta", 2);
            Observe(switched, new Bernoulli(logits: alpha + (beta[0] * distance) + (beta[1] * arsenic)));
        });
    }

    private static void Check(PosteriorReference reference, Action<int> model)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        AutoMultivariateNormal<int> guide = new AutoLaplace<int>(model, GuideStart.Feasible).Approximate(0);
        Svi<int> svi = GaussianChain.Fit(model, guide, 0, 300, rate: 2e-3, particles: 4);
        Draws draws = guide.Draw(svi.Parameters, 20_000);
        foreach ((string name, ReferenceMoments expected) in reference.Parameters)
        {
            double[] values =
                draws.Scalar(
                    name.Contains('[') ? $"{name[..^2]}{int.Parse(name[^2..^1], System.Globalization.CultureInfo.InvariantCulture) - 1}]" : name);
            Assert.InRange((values.Average() - expected.Mean) / expected.StandardDeviation, -0.3, 0.3);
            Assert.InRange(GaussianChain.Spread(values) / expected.StandardDeviation, 0.85, 1.15);
        }
    }

    private static Tensor Flat(string name, int size) => Sample(name, new ImproperUniform(Constraints.RealVector, Shape.Scalar, [size]));

    private static void Observe(Tensor data, Distribution distribution)
    {
        using (Plate("rows", data.Shape[0]))
        {
            Sample("y", distribution, observed: data);
        }
    }

    private static Tensor Column(PosteriorReference reference, string name) =>
        Tensor.From(reference.Data.GetProperty(name).EnumerateArray().Select(entry => entry.GetDouble()).ToArray());

    private static Tensor Matrix(JsonElement rows)
    {
        double[] numbers = [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray().Select(entry => entry.GetDouble()))];
        return Tensor.From<double>(numbers, [rows.GetArrayLength(), numbers.Length / rows.GetArrayLength()]);
    }
}
