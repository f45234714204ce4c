using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>EnumerationElbo with sequential, drawn and continuous sites, masks, scales, subsamples, particles and KL weights.</summary>
[Trait("Once", "Cultures")]
public sealed class EnumerationElboTests
{
    private static readonly Tensor Rows = Tensor.From([0.3, -1.2, 2.0, 0.9]);

    [Theory, InlineData(1.0), InlineData(0.4)]
    public void Sequential_sites_of_a_guide_give_what_all_values_at_once_give(double klWeight)
    {
        (double loss, double[] gradient) = Step(klWeight, Enumerate.Parallel, Enumerate.Parallel);
        foreach (SiteOptions second in new[] { Enumerate.Parallel, Enumerate.Sequential })
        {
            (double found, double[] slopes) = Step(klWeight, Enumerate.Sequential, second);
            Close.Assert(found, loss, 0, 1e-10, "loss");
            Close.Assert(slopes, gradient, 0, 1e-9, "gradient");
        }
        Assert.Equal(ModelError.EnumerationImpossible,
            Assert.Throws<ModelException>(() => Step(klWeight, Enumerate.Parallel, Enumerate.Sequential)).Kind);

        static (double, double[]) Step(double klWeight, SiteOptions first, SiteOptions second) => Gradients.Of(
            () =>
            {
                Tensor a = Sample("a", new Categorical(logits: Tensor.From([0.2, -0.3, 0.5])));
                Tensor b = Sample("b", new Bernoulli(logits: Tensor.From([0.4, -0.8, 0.1]).Take(a)));
                using (Plate("rows", 4))
                {
                    Sample("x", new Normal(Tensor.From([-1.0, 0.5, 2.0]).Take(a) + b, 1), observed: Rows);
                }
            },
            () =>
            {
                Tensor a = Sample("a", new Categorical(logits: Param("qa", Tensor.From([0.1, 0.6, -0.4]))), options: first);
                Sample("b", new Bernoulli(logits: Param("qb", Tensor.From([-0.5, 0.3, 0.2])).Take(a)), options: second);
            }, new EnumerationElbo { KlWeight = _ => klWeight });
    }

    [Theory, InlineData(false, false, 1.0), InlineData(true, false, 2.5), InlineData(true, true, 1.0), InlineData(false, true, 2.5)]
    public void Sequential_sites_of_a_guide_may_be_masked_subsampled_and_scaled(bool isMasked, bool isPart, double factor)
    {
        Tensor x = Rows[..3], slope = Rows[..3].Unsqueeze(-1);
        (double loss, double[] gradient) = Step(Enumerate.Parallel);
        (double found, double[] slopes) = Step(Enumerate.Sequential);
        Close.Assert(found, loss, 0, 1e-10, "loss");
        Close.Assert(slopes, gradient, 0, 1e-9, "gradient");

        (double, double[]) Step(SiteOptions options) => Gradients.Of(
            Around(() => Sample("x", new Normal(Sample("z", new Categorical(Tensor.From([0.2, 0.3, 0.5]))).To(DType.Float64), 1),
                observed: x)),
            Around(() => Sample("z", new Categorical(logits: Param("q", Tensor.From([0.5, -0.4, 0.1])) * slope), options: options)),
            new EnumerationElbo());
        Action Around(Action statements) => () =>
        {
            using (new ScaleHandler(factor).Enter())
            using (isPart ? Plate("rows", 10, indices: Tensor.From<long>([1, 4, 7])) : Plate("rows", 3))
            using (new MaskHandler(Tensor.From([true, !isMasked, true])).Enter())
            {
                statements();
            }
        };
    }

    [Theory, InlineData("sequential"), InlineData("parallel")]
    public void Entries_with_weights_of_their_own_weigh_their_terms(string order)
    {
        Tensor x = Rows[..3];
        double[] weights = [1, 2, 0.5];
        (double loss, _) = Gradients.Of(
            Around(() => Sample("x", new Normal(Sample("z", new Bernoulli(0.3)), 1), observed: x)),
            Around(() => Sample("z", new Bernoulli(Param("q", Number(0.4))),
                options: order == "sequential" ? Enumerate.Sequential : Enumerate.Parallel)), new EnumerationElbo());
        double Score(double at, double loc) => (-0.5 * (at - loc) * (at - loc)) - (0.5 * Math.Log(2 * Math.PI));
        double expected = weights.Zip(x.ToArray<double>(), (weight, at) =>
            weight * ((0.4 * (Math.Log(0.4 / 0.3) - Score(at, 1))) + (0.6 * (Math.Log(0.6 / 0.7) - Score(at, 0))))).Sum();

        Assert.Equal(expected, loss, 1e-12);

        Action Around(Action statements) => () =>
        {
            using (Plate("rows", 3))
            using (new ScaleHandler(Tensor.From(weights)).Enter())
            {
                statements();
            }
        };
    }

    [Fact]
    public void A_model_may_read_what_its_guide_takes_value_by_value()
    {
        // log(q / p) weighted by q, and the data under two different families.
        const double Q = 0.3, P = 0.45, X = 0.7;
        (double loss, double[] gradient) = Gradients.Of(
            () =>
            {
                Tensor z = Sample("z", new Bernoulli(P));
                Sample("x", z.Item() > 0 ? new Laplace(1, 2) : new Normal(0, 1.5), observed: X);
            },
            () => Sample("z", new Bernoulli(logits: Param("logit", Number(Math.Log(Q / (1 - Q))))), options: Enumerate.Sequential),
            new EnumerationElbo());
        double Bound(double q) => (q * (Math.Log(q / P) - (-Math.Log(4) - (0.3 / 2))))
            + ((1 - q) * (Math.Log((1 - q) / (1 - P)) - (-0.5 * Math.Log(2 * Math.PI * 1.5 * 1.5) - (0.5 * X * X / (1.5 * 1.5)))));

        Assert.Equal(Bound(Q), loss, 1e-12);
        Assert.Equal((Bound(Q + 1e-6) - Bound(Q - 1e-6)) / 2e-6 * Q * (1 - Q), gradient[0], 1e-8);
    }

    [Fact]
    public void A_continuous_site_may_depend_on_an_enumerated_one()
    {
        double[] logits = [0.3, -0.5, 0.1], loc = [-0.4, 0.2, 1.0], scale = [0.5, 0.8, 1.1], shift = [-1, 0.5, 2], prior = [0.2, 0.3, 0.5];
        const double Noise = 0.7, Y = 0.9;
        (double loss, double[] gradient) = Gradients.Of(
            () =>
            {
                Tensor z = Sample("z", new Categorical(Tensor.From(prior))), s = Sample("s", new Normal(0, 1));
                Sample("y", new Normal(s + Tensor.From(shift).Take(z), 1), observed: Y);
            },
            () =>
            {
                using HandlerScope scope = new NoiseHandler(Noise).Enter();
                Tensor z = Sample("z", new Categorical(logits: Param("logits", Tensor.From(logits))));
                Sample("s", new Normal(Param("loc", Tensor.From(loc)).Take(z), Tensor.From(scale).Take(z)));
            }, new EnumerationElbo());

        // Every value has its own draw; what it says is weighted by its probability.
        double Bound(double[] w, double[] at)
        {
            double norm = Math.Log(w.Sum(Math.Exp)), sum = 0;
            for (int k = 0; k < 3; k++)
            {
                double q = w[k] - norm, s = at[k] + (scale[k] * Noise), rest = Y - s - shift[k];
                sum += Math.Exp(q) * (q - Math.Log(prior[k]) - (0.5 * Noise * Noise) - Math.Log(scale[k]) + (0.5 * s * s) + (0.5 * rest * rest)
                    + (0.5 * Math.Log(2 * Math.PI)));
            }
            return sum;
        }
        Assert.Equal(Bound(logits, loc), loss, 1e-12);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(Slope(h => Bound(logits, Moved(loc, k, h))), gradient[k], 1e-8);
            Assert.Equal(Slope(h => Bound(Moved(logits, k, h), loc)), gradient[3 + k], 1e-8);
        }

        static double Slope(Func<double, double> f) => (f(1e-5) - f(-1e-5)) / 2e-5;
        static double[] Moved(double[] values, int k, double h) => [.. values.Select((value, i) => i == k ? value + h : value)];
    }

    [Fact]
    public void Rows_that_a_mask_leaves_out_are_no_rows()
    {
        (double masked, double[] slopes) = Local(Rows, Tensor.From([true, false, true, true]), 1);
        (double present, double[] expected) = Local(Tensor.From([0.3, 2.0, 0.9]), null, 1);

        Close.Assert(masked, present, 0, 1e-12, "loss");
        Close.Assert(slopes, expected, 0, 1e-10, "gradient");
    }

    [Fact]
    public void A_factor_on_everything_is_a_factor_on_the_loss()
    {
        (double once, double[] slopes) = Local(Rows, null, 1);
        (double more, double[] steeper) = Local(Rows, null, 2.5);

        Close.Assert(more, 2.5 * once, 0, 1e-12, "loss");
        Close.Assert(steeper, [.. slopes.Select(slope => 2.5 * slope)], 0, 1e-10, "gradient");
    }

    [Fact]
    public void A_kl_weight_counts_the_divergence_of_the_enumerated_site()
    {
        double[] q = [0.5, 0.2, 0.3], p = [0.2, 0.3, 0.5];
        double At(double weight) => Gradients.Of(
            () =>
            {
                Tensor z = Sample("z", new Categorical(Tensor.From(p)));
                Sample("x", new Normal(z.To(DType.Float64), 1), observed: 0.4);
            },
            () => Sample("z", new Categorical(logits: Param("logits", Tensor.From(Array.ConvertAll(q, Math.Log))))),
            new EnumerationElbo { KlWeight = _ => weight }).Loss;
        double divergence = q.Zip(p, (a, b) => a * Math.Log(a / b)).Sum();

        Assert.Equal(divergence, At(1) - At(0), 1e-12);
        Assert.Equal(0.3 * divergence, At(0.3) - At(0), 1e-12);
    }

    [Fact]
    public void Subsamples_have_the_whole_loss_on_average()
    {
        double whole = Subsampled(null), sum = 0;
        int count = 0;
        for (long first = 0; first < 4; first++)
        {
            for (long second = first + 1; second < 4; second++)
            {
                sum += Subsampled(Tensor.From(new[] { first, second }));
                count++;
            }
        }
        Assert.Equal(whole, sum / count, 1e-12);

        // One local site in the guide, one that the model sums out, beside a weight that the rows share.
        static double Subsampled(Tensor? indices) => Gradients.Of(
            () =>
            {
                using (indices is null ? Plate("rows", 4) : Plate("rows", 4, indices: indices))
                {
                    Tensor a = Sample("a", new Bernoulli(0.3)), b = Sample("b", new Bernoulli(0.2 + (0.5 * a)));
                    Sample("x", new Normal(a - (2 * b), 1), observed: indices is null ? Rows : Rows.Take(indices));
                }
            },
            () =>
            {
                using (indices is null ? Plate("rows", 4) : Plate("rows", 4, indices: indices))
                {
                    Sample("a", new Bernoulli(logits: Param("slope", Number(0.6)) * (indices is null ? Rows : Rows.Take(indices))));
                }
            }, new EnumerationElbo()).Loss;
    }

    [Fact]
    public void Several_particles_are_averaged()
    {
        GoldenCase c = GoldenCase.Of("elbo_continuous_model/small");
        (Action<GoldenCase> model, Action<GoldenCase> guide) = BoundModels.All[c.Kind];
        Svi<GoldenCase> svi = new(model, guide, new Sgd(1.0), new EnumerationElbo(particles: 4), seed: 2);
        double[] losses = [.. Enumerable.Range(0, 1_000).Select(_ => svi.Evaluate(c))];
        double mean = losses.Average(), error = Math.Sqrt(losses.Average(loss => (loss - mean) * (loss - mean)) / losses.Length);

        // Five standard errors: one right program in 1.7 million fails, and the seed is fixed.
        Assert.InRange(mean - c.Expected.GetProperty("expected").GetProperty("loss").Number(), -5 * error, 5 * error);
        Svi<GoldenCase> single = new(model, guide, new Sgd(1.0), new EnumerationElbo(), seed: 2);
        double[] alone = [.. Enumerable.Range(0, 1_000).Select(_ => single.Evaluate(c))];
        double spread = alone.Average(loss => (loss - alone.Average()) * (loss - alone.Average()));
        Assert.InRange(error * error * losses.Length / spread, 0.25 * 0.75, 0.25 * 1.3333);
    }

    [Fact]
    public void A_site_that_is_drawn_beside_an_enumerated_one_has_the_right_gradient_on_average()
    {
        static void Model()
        {
            Tensor a = Sample("a", new Bernoulli(0.3)), b = Sample("b", new Bernoulli(0.2 + (0.5 * a)));
            Sample("x", new Normal(a + (2 * b), 1), observed: 1.4);
        }
        static Action Guide(SiteOptions options) => () =>
        {
            Tensor logits = Param("logits", Tensor.From([0.2, -0.4, 0.7]));
            Tensor a = Sample("a", new Bernoulli(logits: logits[0]), options: options);
            Sample("b", new Bernoulli(logits: logits[1] + (logits[2] * a)));
        };
        (_, double[] exact) = Gradients.Of(Model, Guide(Enumerate.Parallel), new EnumerationElbo());
        const int Steps = 4_000;
        const double Rate = 1e-9;
        Svi<int> svi = new(_ => Model(), _ => Guide(Enumerate.Never)(), new Sgd(Rate), new EnumerationElbo(), seed: 4);
        double[][] found = new double[Steps][];
        svi.Evaluate(0);
        double[] before = svi.Parameters["logits"].ToArray<double>();
        for (int step = 0; step < Steps; step++)
        {
            svi.Step(0);
            double[] after = svi.Parameters["logits"].ToArray<double>();
            found[step] = [.. before.Zip(after, (a, b) => (a - b) / Rate)];
            before = after;
        }
        for (int i = 0; i < exact.Length; i++)
        {
            double mean = found.Average(step => step[i]), error = Math.Sqrt(found.Average(step => Math.Pow(step[i] - mean, 2)) / Steps);
            Assert.InRange(mean - exact[i], (-5 * error) - 1e-6, (5 * error) + 1e-6);
        }
    }

    private static Tensor Number(double value) => Tensor.Full([], value, DType.Float64);

    private static (double Loss, double[] Gradient) Local(Tensor x, Tensor? mask, double factor)
    {
        return Gradients.Of(Around(() => Sample("x", new Normal(Sample("z", new Bernoulli(0.3)) * 2, 1), observed: x)),
            Around(() => Sample("z", new Bernoulli(logits: Param("slope", Number(0.7)) * x))), new EnumerationElbo());

        Action Around(Action statements) => () =>
        {
            using (new ScaleHandler(factor).Enter())
            using (Plate("rows", x.Count))
            using (new MaskHandler(mask ?? Tensor.Full([x.Count], 1, DType.Float64) > 0).Enter())
            {
                statements();
            }
        };
    }

    /// <summary>The loss of one step and its gradient, parameters in the order of their names.</summary>
    private static class Gradients
    {
        public static (double Loss, double[] Gradient) Of(Action model, Action guide, Elbo objective)
        {
            Svi<int> svi = new(_ => model(), _ => guide(), new Sgd(1.0), objective, seed: 1);
            svi.Evaluate(0);
            Dictionary<string, double[]> before = svi.Parameters.Names.ToDictionary(name => name, name => svi.Parameters[name].ToArray<double>());
            double loss = svi.Step(0);
            return (loss, [.. svi.Parameters.Names.Order(StringComparer.Ordinal).SelectMany(name =>
                before[name].Zip(svi.Parameters[name].ToArray<double>(), (a, b) => a - b))]);
        }
    }

    /// <summary>Decides the standard normal number behind a draw.</summary>
    private sealed class NoiseHandler(double noise) : Handler
    {
        protected internal override void Before(SampleSite site)
        {
            if (site.Distribution is Normal normal)
            {
                site.Value = normal.Loc + (normal.Scale * noise);
            }
        }
    }
}
