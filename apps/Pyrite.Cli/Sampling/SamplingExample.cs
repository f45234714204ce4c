using Pyrite.Plotting;

namespace Pyrite.Cli.Sampling;

/// <summary>A model with its data that comes with the command line.</summary>
/// <param name="Name">What the user types.</param>
/// <param name="Title">What it is, for the list of examples.</param>
/// <param name="Model">The model, data inside.</param>
internal sealed record SamplingExample(string Name, string Title, Action Model)
{
    /// <summary>The acceptance probability that suits the model.</summary>
    public double TargetAcceptance { get; init; } = 0.8;

    /// <summary>What traces, ranks, densities and autocorrelations show; what takes part in the pairs as well.</summary>
    public required string[] Shown { get; init; }

    /// <summary>What the forest plot shows.</summary>
    public required string[] Intervals { get; init; }

    /// <summary>What the picture that answers the model's question is called, without extension.</summary>
    public required string AnswerName { get; init; }

    /// <summary>The picture that answers the model's question.</summary>
    public required Func<Draws, IPicture> Answer { get; init; }
}
