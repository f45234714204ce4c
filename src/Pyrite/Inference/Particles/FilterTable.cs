namespace Pyrite.Inference.Particles;

/// <summary>What a particle filter gives, time by time.</summary>
/// <param name="times">How many times.</param>
/// <param name="stateShape">The shape of a state.</param>
internal sealed class FilterTable(int times, Shape stateShape)
{
    private readonly int size = checked((int)stateShape.Count);
    private readonly double[] terms = new double[times];
    private readonly double[] sizes = new double[times];
    private readonly double[] means = new double[checked(times * (int)stateShape.Count)];
    private readonly double[] variances = new double[checked(times * (int)stateShape.Count)];
    private int resamplings;
    private int time;

    /// <summary>Adds a time, with the weights before resampling.</summary>
    public void Add(double term, double effectiveSize, bool isChosenAnew, Tensor states, double[] logWeights)
    {
        (terms[time], sizes[time]) = (term, effectiveSize);
        resamplings += isChosenAnew ? 1 : 0;
        double[] values = states.To(DType.Float64).ToArray<double>();
        Span<double> mean = means.AsSpan(time * size, size), variance = variances.AsSpan(time * size, size);
        for (int i = 0; i < logWeights.Length; i++)
        {
            double weight = Math.Exp(logWeights[i]);
            for (int k = 0; k < size; k++)
            {
                mean[k] += weight * values[(i * size) + k];
            }
        }
        for (int i = 0; i < logWeights.Length; i++)
        {
            double weight = Math.Exp(logWeights[i]);
            for (int k = 0; k < size; k++)
            {
                double apart = values[(i * size) + k] - mean[k];
                variance[k] += weight * apart * apart;
            }
        }
        time++;
    }

    /// <summary>All of it.</summary>
    public ParticleFilterResult Result(Tensor states, double[] logWeights)
    {
        Shape series = [times];
        return new ParticleFilterResult(Tensor.From(terms), Tensor.From(means, series + stateShape), Tensor.From(variances, series + stateShape),
            sizes, resamplings, states, Tensor.From(logWeights));
    }
}
