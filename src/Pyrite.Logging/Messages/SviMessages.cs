using Microsoft.Extensions.Logging;

namespace Pyrite.Messages;

/// <summary>What is said of variational inference.</summary>
internal static partial class SviMessages
{
    [LoggerMessage(EventId = 101, EventName = "SviStep", Level = LogLevel.Debug, Message = "Step {Step} of {Steps}, loss {Loss}")]
    public static partial void Step(ILogger logger, int step, int steps, double loss);

    [LoggerMessage(EventId = 102, EventName = "SviEnded", Level = LogLevel.Information,
        Message = "Variational inference ended after {Step} of {Steps} steps, loss {Loss}: {StopReason}")]
    public static partial void Ended(ILogger logger, int step, int steps, double loss, SviStopReason stopReason);

    [LoggerMessage(EventId = 103, EventName = "SviFailed", Level = LogLevel.Warning,
        Message = "Variational inference was ended by an exception after {Step} of {Steps} steps")]
    public static partial void Failed(ILogger logger, int step, int steps);
}
