namespace Pyrite.Volatility;

/// <summary>h_t = ω + Σ (α_i + γ_i [e_{t-i} &lt; 0]) e²_{t-i} + Σ β_j h_{t-j}, forward and back; before the first step squares and variances are
/// the first
/// variance.</summary>
internal static class VarianceRecursion
{
    public static void Run(VarianceShape shape, ReadOnlySpan<double> numbers, Span<double> variances)
    {
        ReadOnlySpan<double> arch = numbers.Slice(shape.ArchStart, shape.Arch), asymmetric = numbers.Slice(shape.AsymmetricStart, shape.Asymmetric);
        ReadOnlySpan<double> garch = numbers.Slice(shape.GarchStart, shape.Garch), residuals = numbers.Slice(shape.Data, shape.Steps);
        double first = shape.HasStart ? numbers[shape.Start] : numbers[0] / (1 - Persistence(shape, numbers));
        variances[0] = first;
        for (int t = 1; t < variances.Length; t++)
        {
            double sum = numbers[0];
            for (int i = 0; i < arch.Length; i++)
            {
                sum += arch[i] * (t - 1 - i >= 0 ? residuals[t - 1 - i] * residuals[t - 1 - i] : first);
            }
            for (int i = 0; i < asymmetric.Length; i++)
            {
                sum += asymmetric[i] * Negative(residuals, t - 1 - i, first);
            }
            for (int j = 0; j < garch.Length; j++)
            {
                sum += garch[j] * (t - 1 - j >= 0 ? variances[t - 1 - j] : first);
            }
            variances[t] = sum;
        }
    }

    public static void Backward(VarianceShape shape, ReadOnlySpan<double> numbers, ReadOnlySpan<double> variances, ReadOnlySpan<double> upstream,
        Span<double> gradient)
    {
        ReadOnlySpan<double> residuals = numbers.Slice(shape.Data, shape.Steps);
        Span<double> ofResiduals = gradient.Slice(shape.Data, shape.Steps), slopes = new double[shape.Steps];
        upstream.CopyTo(slopes);
        double first = variances[0], ofFirst = 0;
        for (int t = shape.Steps - 1; t > 0; t--)
        {
            double slope = slopes[t];
            gradient[0] += slope;
            for (int i = 0; i < shape.Arch; i++)
            {
                int lag = t - 1 - i;
                double factor = numbers[shape.ArchStart + i];
                gradient[shape.ArchStart + i] += slope * (lag >= 0 ? residuals[lag] * residuals[lag] : first);
                if (lag >= 0)
                {
                    ofResiduals[lag] += 2 * slope * factor * residuals[lag];
                }
                else
                {
                    ofFirst += slope * factor;
                }
            }
            for (int i = 0; i < shape.Asymmetric; i++)
            {
                int lag = t - 1 - i;
                double factor = numbers[shape.AsymmetricStart + i];
                gradient[shape.AsymmetricStart + i] += slope * Negative(residuals, lag, first);
                if (lag < 0)
                {
                    ofFirst += 0.5 * slope * factor;
                }
                else if (residuals[lag] < 0)
                {
                    ofResiduals[lag] += 2 * slope * factor * residuals[lag];
                }
            }
            for (int j = 0; j < shape.Garch; j++)
            {
                int lag = t - 1 - j;
                double factor = numbers[shape.GarchStart + j];
                gradient[shape.GarchStart + j] += slope * (lag >= 0 ? variances[lag] : first);
                if (lag >= 0)
                {
                    slopes[lag] += slope * factor;
                }
                else
                {
                    ofFirst += slope * factor;
                }
            }
        }
        ofFirst += slopes[0];
        if (shape.HasStart)
        {
            gradient[shape.Start] += ofFirst;
            return;
        }

        // ω / (1 - persistence).
        double rest = 1 - Persistence(shape, numbers), inverse = ofFirst / rest;
        gradient[0] += inverse;
        for (int i = shape.ArchStart; i < shape.Start; i++)
        {
            bool isAsymmetric = i >= shape.AsymmetricStart && i < shape.GarchStart;
            gradient[i] += (isAsymmetric ? 0.5 : 1) * inverse * first;
        }
    }

    /// <summary>Σ α + Σ γ / 2 + Σ β: the share of a variance that is left a step later.</summary>
    public static double Persistence(VarianceShape shape, ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        for (int i = shape.ArchStart; i < shape.Start; i++)
        {
            bool isAsymmetric = i >= shape.AsymmetricStart && i < shape.GarchStart;
            sum += (isAsymmetric ? 0.5 : 1) * numbers[i];
        }
        return sum;
    }

    private static double Negative(ReadOnlySpan<double> residuals, int lag, double first) =>
        lag < 0 ? 0.5 * first : residuals[lag] < 0 ? residuals[lag] * residuals[lag] : 0;
}
