namespace Pyrite.Inference.Particles;

/// <summary>One population, from the prior to the posterior.</summary>
/// <param name="density">What is sampled; used by this run alone.</param>
/// <param name="settings">The settings.</param>
/// <param name="key">The source of all randomness.</param>
internal sealed class SmcRun(TemperedDensity density, Smc settings, RandomKey key)
{
    /// <summary>A plateau of the correlation is that of modes between which particles do not move.</summary>
    private const int Plateau = 5;

    private const double LeastProgress = 0.02;
    private double scale = 1;

    /// <summary>The stages.</summary>
    public List<SmcStage> Stages { get; } = [];

    /// <summary>The estimate of the logarithm of the evidence.</summary>
    public double LogEvidence => Stages.Sum(stage => stage.LogEvidence);

    /// <summary>The points at temperature 1.</summary>
    public double[][] Points { get; private set; } = [];

    /// <summary>Whether the last stage reached temperature 1.</summary>
    public bool IsComplete => Stages.Count > 0 && Stages[^1].Temperature == 1;

    /// <summary>Runs.</summary>
    /// <exception cref="ModelException">No draw of the priors is possible under the data.</exception>
    public void Run(CancellationToken cancellation)
    {
        double[][] points = [.. Enumerable.Range(0, settings.Particles).Select(i => density.Draw(key.Child("prior").Child(i)))];
        Population population = new(points, Array.ConvertAll(points, density.At));
        if (Array.TrueForAll(population.Densities, one => !double.IsFinite(one.Likelihood)))
        {
            throw new ModelException(null, $"none of {settings.Particles} draws from the priors is possible under the data"
                + (density.Whole.Failures is [var first, ..] ? $" ({first.Message})" : "")
                + ". Check data and supports, or give priors nearer to them.");
        }
        double temperature = 0;
        while (temperature < 1 && Stages.Count < settings.MaxStages)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomKey own = key.Child("stage").Child(Stages.Count);
            double[] logLikelihoods = population.LogLikelihoods;
            Tempering next = Tempering.Next(logLikelihoods, temperature, settings.EssFraction);
            double change = next.Temperature - temperature;
            double[] weights = Array.ConvertAll(logLikelihoods, value => double.IsNegativeInfinity(value) ? value : change * value);
            population.Choose(ParticleResampling.Run(settings.Scheme, weights, own.Child("resample")));
            temperature = next.Temperature;
            (int sweeps, double acceptance, double correlation) = Move(population, temperature, own.Child("move"), cancellation);
            Stages.Add(new SmcStage(temperature, next.EffectiveSize, next.LogEvidence, sweeps, acceptance, correlation));
        }
        Points = population.Points;
    }

    private (int Sweeps, double Acceptance, double Correlation) Move(Population population, double temperature, RandomKey own,
        CancellationToken cancellation)
    {
        double total = 0, target = settings.Moves.Target(density.Dimension);
        List<double> correlations = [1];
        while (correlations.Count <= settings.MaxSweeps)
        {
            cancellation.ThrowIfCancellationRequested();
            double mean = 0;
            for (int i = 0; i < population.Points.Length; i++)
            {
                RandomKey move = own.Child(correlations.Count).Child(i);
                mean += settings.Moves.Move(density, population, i, temperature, scale, move) / population.Points.Length;
            }
            total += mean;
            scale = target > 0 ? Math.Clamp(scale * Math.Exp(mean - target), 1e-6, 1e3) : 1;
            correlations.Add(population.Correlation());
            bool isDone = correlations[^1] <= settings.Correlation;
            bool stays = correlations.Count > 2 * Plateau && correlations[^1] > correlations[^(1 + Plateau)] - LeastProgress;
            if (isDone || stays)
            {
                break;
            }
        }
        return (correlations.Count - 1, total / (correlations.Count - 1), correlations[^1]);
    }
}
