using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Golden models whose sites follow each other in time.</summary>
internal static class ChainModels
{
    public static void Hmm(GoldenCase c)
    {
        Tensor y = c.HasParameter("emission_logits") ? c.N("y") : c.D("y"), z = Tensor.Range(1);
        for (int t = 0; t < y.Count; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: t == 0 ? c.P("start_logits") : c.P("transition_logits").Take(z)));
            Distribution emission = c.HasParameter("emission_logits") ? new Categorical(logits: c.P("emission_logits").Take(z))
                : new Normal(c.P("loc").Take(z), c.P("scale").Rank == 0 ? c.P("scale") : c.P("scale").Take(z));
            Sample($"y_{t}", emission, observed: y[t]);
        }
    }

    public static void Zeros(GoldenCase c)
    {
        Tensor y = c.D("y"), transition = c.D("transition"), z = Tensor.Range(1);
        Tensor start = Tensor.From<double>([1, .. new double[transition.Shape[0] - 1]]);
        for (int t = 0; t < y.Count; t++)
        {
            z = Sample($"z_{t}", new Categorical(probs: t == 0 ? start : transition.Take(z)));
            Sample($"y_{t}", new Normal(c.P("loc").Take(z), c.P("scale").Take(z)), observed: y[t]);
        }
    }

    public static void Order2(GoldenCase c)
    {
        Tensor y = c.D("y");
        List<Tensor> z = [];
        for (int t = 0; t < y.Count; t++)
        {
            Tensor logits = t == 0 ? c.P("start_logits") : t == 1 ? c.P("second_logits").Take(z[0]) : c.P("transition_logits")[z[t - 2], z[t - 1]];
            z.Add(Sample($"z_{t}", new Categorical(logits: logits)));
            Sample($"y_{t}", new Normal(c.P("loc").Take(z[t]), c.P("scale")), observed: y[t]);
        }
    }

    public static void Factorial(GoldenCase c)
    {
        Tensor y = c.D("y"), a = Tensor.Range(1), b = a;
        for (int t = 0; t < y.Count; t++)
        {
            a = Sample($"a_{t}", new Categorical(logits: t == 0 ? c.P("start_a") : c.P("transition_a").Take(a)));
            b = Sample($"b_{t}", new Categorical(logits: t == 0 ? c.P("start_b") : c.P("transition_b").Take(b)));
            Sample($"y_{t}", new Normal(c.P("effect_a").Take(a) + c.P("effect_b").Take(b), c.P("scale")), observed: y[t]);
        }
    }

    public static void Sequences(GoldenCase c) => Sequences(c, c.D("y"), c.D("mask") > 0);

    public static void BigSequences(GoldenCase c)
    {
        int count = c.Integer("sequences"), longest = c.Integer("longest");
        Tensor lengths = Tensor.From<long>([.. Enumerable.Range(0, count).Select(s => 5L + (7 * s % 16))]);
        Sequences(c, GoldenCase.Wave(count * longest).Reshape(count, longest), Tensor.Range(longest) < lengths.Unsqueeze(-1));
    }

    public static void ChangePoint(GoldenCase c)
    {
        Tensor y = c.D("y"), tau = Sample("tau", new Categorical(logits: c.P("logits")));
        using (Plate("steps", y.Count))
        {
            Sample("y", new Poisson(Tensor.Where(Tensor.Range(y.Count) < tau, c.P("early"), c.P("late"))), observed: y);
        }
    }

    public static void CaptureRecapture(GoldenCase c)
    {
        Tensor y = c.D("y"), first = c.N("first");
        (Tensor survival, Tensor capture) = (c.P("survival_logit"), c.P("capture_logit"));
        using (Plate("animals", y.Shape[0]))
        {
            Tensor alive = Tensor.Ones(y.Shape[0]).To(DType.Float64);
            for (int t = 1; t < y.Shape[1]; t++)
            {
                // Alive for sure at the first capture.
                Tensor before = Tensor.Where(first.EqualTo(t - 1), 1.0, alive);
                using (new MaskHandler(first < t).Enter())
                {
                    alive = Sample($"alive_{t}", new Bernoulli(probs: survival[t - 1].Sigmoid() * before));
                    Sample($"y_{t}", new Bernoulli(probs: capture[t - 1].Sigmoid() * alive), observed: y.Take(Tensor.Range(1) + t, 1).Squeeze(1));
                }
            }
        }
    }

    public static void BigChain(GoldenCase c)
    {
        Tensor y = GoldenCase.Wave(c.Integer("steps")), z = Tensor.Range(1);
        (Tensor start, Tensor transition, Tensor loc, Tensor scale) = (c.P("start_logits"), c.P("transition_logits"), c.P("loc"), c.P("scale"));
        for (int t = 0; t < y.Count; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: t == 0 ? start : transition.Take(z)));
            Sample($"y_{t}", new Normal(loc.Take(z), scale), observed: y[t]);
        }
    }

    private static void Sequences(GoldenCase c, Tensor y, Tensor mask)
    {
        Tensor z = Tensor.Range(1);
        (Tensor start, Tensor transition, Tensor loc, Tensor scale) = (c.P("start_logits"), c.P("transition_logits"), c.P("loc"), c.P("scale"));
        using (Plate("sequences", y.Shape[0]))
        {
            for (int t = 0; t < y.Shape[1]; t++)
            {
                using HandlerScope masked = new MaskHandler(mask[.., t]).Enter();
                z = Sample($"z_{t}", new Categorical(logits: t == 0 ? start : transition.Take(z)));
                Sample($"y_{t}", new Normal(loc.Take(z), scale.Rank == 0 ? scale : scale.Take(z)), observed: y[.., t]);
            }
        }
    }
}
