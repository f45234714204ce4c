using Microsoft.Extensions.Logging;

namespace Pyrite.Messages;

/// <summary>What is said of chains.</summary>
internal static partial class McmcMessages
{
    [LoggerMessage(EventId = 201, EventName = "McmcTransition", Level = LogLevel.Debug,
        Message = "Chain {Chain}: transition {Transition} of {Transitions}, warm-up {IsWarmup}, {Divergences} divergent, step size {StepSize}")]
    public static partial void Transition(
        ILogger logger, int chain, int transition, int transitions, bool isWarmup, int divergences, double stepSize);

    [LoggerMessage(EventId = 202, EventName = "McmcChainEnded", Level = LogLevel.Debug,
        Message = "Chain {Chain} ended after {Transition} of {Transitions} transitions, step size {StepSize}")]
    public static partial void ChainEnded(ILogger logger, int chain, int transition, int transitions, double stepSize);

    [LoggerMessage(EventId = 203, EventName = "McmcEnded", Level = LogLevel.Information,
        Message = "Sampling ended: {Chains} chains, {Transitions} transitions")]
    public static partial void Ended(ILogger logger, int chains, long transitions);

    [LoggerMessage(EventId = 204, EventName = "McmcStopped", Level = LogLevel.Warning,
        Message = "Sampling was stopped: {Chains} chains made {Transition} of {Transitions} transitions")]
    public static partial void Stopped(ILogger logger, int chains, long transition, long transitions);

    [LoggerMessage(EventId = 205, EventName = "McmcDivergent", Level = LogLevel.Warning,
        Message = "{Divergences} transitions after warm-up were divergent: the draws may miss a part of the posterior")]
    public static partial void Divergent(ILogger logger, int divergences);

    [LoggerMessage(EventId = 206, EventName = "McmcNote", Level = LogLevel.Warning, Message = "{Note}")]
    public static partial void Note(ILogger logger, string note);
}
