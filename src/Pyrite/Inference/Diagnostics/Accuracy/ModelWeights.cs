using Pyrite.Inference.Diagnostics.Statistics;

namespace Pyrite.Inference.Diagnostics.Accuracy;

/// <summary>Weights with which to average the predictions of models.</summary>
internal static class ModelWeights
{
    private const int MostIterations = 100_000;
    private const double LargestGap = 1e-10;
    private const int BootstrapDraws = 1000;

    /// <summary>Weights on the simplex that maximize the mean of log Σ_k w_k exp(pointwise[k][i]).</summary>
    /// <remarks>
    /// Expectation-maximization for mixture weights. The objective is concave, so the largest derivative minus 1 bounds what any other
    /// weights could still gain an observation; iterations end where that is below 1e-10.
    /// </remarks>
    public static double[] Stacking(double[][] pointwise)
    {
        int models = pointwise.Length, observations = pointwise[0].Length;
        double[][] densities = Scaled(pointwise);
        double[] weights = new double[models], slopes = new double[models];
        Array.Fill(weights, 1.0 / models);
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Array.Clear(slopes);
            for (int i = 0; i < observations; i++)
            {
                double mixture = 0;
                for (int k = 0; k < models; k++)
                {
                    mixture += weights[k] * densities[k][i];
                }
                for (int k = 0; k < models; k++)
                {
                    slopes[k] += densities[k][i] / mixture / observations;
                }
            }
            double gap = -1;
            for (int k = 0; k < models; k++)
            {
                gap = Math.Max(gap, slopes[k] - 1);
                weights[k] *= slopes[k];
            }
            if (gap < LargestGap)
            {
                break;
            }
        }
        return weights;
    }

    /// <summary>The mean over Bayesian bootstrap weights α of softmax_k(n Σ_i α_i pointwise[k][i]).</summary>
    public static double[] PseudoBma(double[][] pointwise, RandomKey key)
    {
        int models = pointwise.Length, observations = pointwise[0].Length;
        double[] weights = new double[models], alphas = new double[observations], sums = new double[models];
        for (int draw = 0; draw < BootstrapDraws; draw++)
        {
            key.Child(draw).FillUniform(alphas);
            double total = 0;
            for (int i = 0; i < observations; i++)
            {
                alphas[i] = -Math.Log(alphas[i]);       // exponential draws over their sum are a flat Dirichlet draw
                total += alphas[i];
            }
            for (int k = 0; k < models; k++)
            {
                sums[k] = 0;
                for (int i = 0; i < observations; i++)
                {
                    sums[k] += alphas[i] * pointwise[k][i];
                }
                sums[k] *= observations / total;
            }
            double log = SampleMoments.LogSumExp(sums);
            for (int k = 0; k < models; k++)
            {
                weights[k] += Math.Exp(sums[k] - log) / BootstrapDraws;
            }
        }
        return weights;
    }

    /// <summary>Densities with the best model's at 1 for each observation, so that none overflows; the weights do not notice.</summary>
    private static double[][] Scaled(double[][] pointwise)
    {
        double[][] densities = Array.ConvertAll(pointwise, _ => new double[pointwise[0].Length]);
        for (int i = 0; i < pointwise[0].Length; i++)
        {
            double best = double.NegativeInfinity;
            foreach (double[] model in pointwise)
            {
                best = Math.Max(best, model[i]);
            }
            for (int k = 0; k < pointwise.Length; k++)
            {
                densities[k][i] = Math.Exp(pointwise[k][i] - best);
            }
        }
        return densities;
    }
}
