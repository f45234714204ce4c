namespace Pyrite.Tests;

/// <summary>What a bound says in the mean about draws that hang together, by quadrature.</summary>
/// <param name="guide">The guide's distribution of each draw.</param>
/// <param name="logWeight">log p(x, z) - log q(z) of the parameters and draws, without what stands outside of the logarithm.</param>
/// <param name="outer">How often the part counts.</param>
/// <param name="isAveraged">Whether it counts as in the evidence lower bound whatever the objective.</param>
internal sealed class ExactPart(Func<double[], QuadratureRule[]> guide, Func<double[], double[], double> logWeight, double outer = 1,
    bool isAveraged = false)
{
    /// <summary>The mean loss of the evidence lower bound.</summary>
    public double Elbo(double[] theta)
    {
        double total = 0;
        foreach ((double value, double weight) in LogWeights(theta))
        {
            total -= weight * value;
        }
        return outer * total;
    }

    /// <summary>The mean loss of -log mean(w^power) / power over particles.</summary>
    /// <remarks>E log S = ∫ (exp(-t) - E exp(-t S)) / t dt, with E exp(-t S) the product over the particles, here over log t; the trapezoidal rule
    /// converges fast.</remarks>
    public double Bound(double[] theta, double power, int particles)
    {
        if (isAveraged || particles == 1)
        {
            return Elbo(theta);
        }
        const double Step = 0.25;
        (double Value, double Weight)[] all = [.. LogWeights(theta).Where(one => one.Weight > 1e-14)];
        double middle = all.Sum(one => one.Weight * one.Value * power);
        double[] shares = [.. all.Select(one => Math.Exp((one.Value * power) - middle) / particles)];
        double last = 4 - Math.Log(all.Zip(shares).Where(one => one.First.Weight > 1e-10).Min(one => one.Second)), sum = 0;
        for (double u = -40; u < last; u += Step)
        {
            double t = Math.Exp(u), transform = 0;
            for (int i = 0; i < shares.Length; i++)
            {
                transform += all[i].Weight * Math.Exp(-t * shares[i]);
            }
            sum += Step * (Math.Exp(-t) - Math.Pow(transform, particles));
        }
        return -outer * (sum + middle) / power;
    }

    /// <summary>The log weights at all nodes, and the nodes' probabilities.</summary>
    private (double Value, double Weight)[] LogWeights(double[] theta)
    {
        QuadratureRule[] rules = guide(theta);
        int count = rules.Aggregate(1, (product, rule) => product * rule.Nodes.Length);
        (double, double)[] all = new (double, double)[count];
        double[] z = new double[rules.Length];
        for (int i = 0; i < count; i++)
        {
            double weight = 1;
            for (int axis = 0, rest = i; axis < rules.Length; rest /= rules[axis++].Nodes.Length)
            {
                int place = rest % rules[axis].Nodes.Length;
                z[axis] = rules[axis].Nodes[place];
                weight *= rules[axis].Weights[place];
            }
            all[i] = (logWeight(theta, z), weight);
        }
        return all;
    }
}
