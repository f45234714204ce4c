using Microsoft.Extensions.Logging;

namespace Pyrite.Messages;

/// <summary>What is said of loops over data.</summary>
internal static partial class EpochMessages
{
    [LoggerMessage(EventId = 301, EventName = "EpochEnded", Level = LogLevel.Information,
        Message = "Epoch {Epoch} ended after {Batch} of {Batches} batches, {Rows} rows")]
    public static partial void Ended(ILogger logger, int epoch, int batch, int batches, long rows);
}
