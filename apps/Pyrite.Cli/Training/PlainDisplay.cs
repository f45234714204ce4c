using System.Globalization;

namespace Pyrite.Cli.Training;

/// <summary>Two lines per epoch, for files and pipes.</summary>
internal sealed class PlainDisplay(TextWriter output) : ITrainingDisplay
{
    public T Around<T>(Func<T> training) => training();

    public void BatchDone(in BatchProgress progress)
    {
    }

    public void EpochDone(EpochResult epoch)
    {
        string test = epoch.TestLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $"\ttest_loss: {loss:F2}") : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch: {epoch.Epoch}\tELBO_loss: {epoch.TrainingLoss:F2}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time used: {epoch.Seconds:F2} s{test}"));
        output.Flush();
    }
}
