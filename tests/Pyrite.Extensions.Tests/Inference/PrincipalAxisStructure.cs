namespace Pyrite.Extensions.Inference;

/// <summary>Estimates the longest direction of a posterior during warm-up.</summary>
internal sealed class PrincipalAxisStructure : MetricStructure
{
    private const string Axis = "principal.axis";
    private const string Rest = "principal.rest";

    public override string ToString() => "principal axis";

    protected override MetricEstimate Begin(Potential potential, StateNumbers learnt) => new Estimate(learnt, potential.Dimension);

    protected override Metric? Read(StateNumbers learnt, int dimension) =>
        learnt.Has(Axis) ? new PrincipalAxisMetric(learnt.Take(Rest, dimension), learnt.Take(Axis, dimension)) : null;

    private sealed class Estimate(StateNumbers learnt, int size) : MetricEstimate
    {
        private readonly double[] count = learnt.Room("principal.count", 1);
        private readonly double[] sums = learnt.Room("principal.sums", size);
        private readonly double[] products = learnt.Room("principal.products", size * size);

        public override void Add(ReadOnlySpan<double> position)
        {
            count[0]++;
            for (int i = 0; i < size; i++)
            {
                sums[i] += position[i];
                for (int j = 0; j < size; j++)
                {
                    products[(i * size) + j] += position[i] * position[j];
                }
            }
        }

        public override Metric Metric()
        {
            double[] covariance = new double[size * size], axis = new double[size];
            for (int k = 0; k < covariance.Length; k++)
            {
                covariance[k] = (products[k] / count[0]) - (sums[k / size] * sums[k % size] / (count[0] * count[0]));
            }
            // Power iteration: enough for a direction that stands out.
            Array.Fill(axis, 1);
            double length = 0;
            for (int step = 0; step < 50; step++)
            {
                double[] next = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Sum(j => covariance[(i * size) + j] * axis[j]))];
                length = Math.Sqrt(next.Sum(x => x * x));
                axis = Array.ConvertAll(next, x => x / length);
            }
            double rest = Math.Max(1e-3 * length, (Enumerable.Range(0, size).Sum(i => covariance[i * (size + 1)]) - length) / Math.Max(1, size - 1));
            axis = Array.ConvertAll(axis, x => x * Math.Sqrt(Math.Max(0, length - rest)));
            double[] diagonal = new double[size];
            Array.Fill(diagonal, rest);
            learnt.Set(Axis, (double[])axis.Clone());
            learnt.Set(Rest, (double[])diagonal.Clone());
            return new PrincipalAxisMetric(diagonal, axis);
        }

        public override void Clear()
        {
            count[0] = 0;
            Array.Clear(sums);
            Array.Clear(products);
        }
    }
}
