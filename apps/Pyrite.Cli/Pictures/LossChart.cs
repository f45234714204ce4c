using Pyrite.Cli.Training;
using Pyrite.Plotting;

namespace Pyrite.Cli.Pictures;

/// <summary>Training and test loss over the epochs.</summary>
internal static class LossChart
{
    public static Chart Of(IReadOnlyList<EpochResult> epochs)
    {
        double[] numbers = [.. epochs.Select(epoch => (double)epoch.Epoch)];
        Chart chart = new("Loss of the autoencoder", "epoch", "negative ELBO per image, nats");
        chart.AddLine("training", numbers, [.. epochs.Select(epoch => epoch.TrainingLoss)], markers: true);
        EpochResult[] tested = [.. epochs.Where(epoch => epoch.TestLoss is not null)];
        if (tested.Length > 0)
        {
            double[] places = [.. tested.Select(epoch => (double)epoch.Epoch)];
            chart.AddLine("test", places, [.. tested.Select(epoch => epoch.TestLoss!.Value)], markers: true);
        }

        return chart;
    }
}
