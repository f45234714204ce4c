namespace Pyrite.Inference.Runs;

/// <summary>Where the draws of a chain go.</summary>
internal interface IDrawsTarget
{
    /// <summary>Takes where a chain is as one of its draws.</summary>
    void Write(int chain, int draw, Potential potential, ChainState state);

    /// <summary>Told after each transition, and once when the chain stops.</summary>
    void Follow(ChainRun run, bool isEnd);
}
