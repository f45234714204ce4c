using Pyrite.Cli.Training;

namespace Pyrite.Cli.Tests.Training;

public sealed class DisplayTests
{
    [Fact]
    public void Plain_lines_read_as_epoch_loss_and_time()
    {
        using StringWriter output = new() { NewLine = "\n" };
        PlainDisplay display = new(output);

        display.Around(() =>
        {
            display.BatchDone(new(0, 1, 469, 540, 10_000, 50));
            display.EpochDone(new(0, 210.2613, 176.5, 60_000, 5.417));
            return 0;
        });

        Assert.Equal("epoch: 0\tELBO_loss: 210.26\ntime used: 5.42 s\ttest_loss: 176.50\n", output.ToString());
    }

    [Fact]
    public void The_live_display_shows_the_batch_and_ends_with_the_table()
    {
        using StringWriter output = new();
        ScreenDisplay display = new(epochs: 3, output);

        int result = display.Around(() =>
        {
            display.BatchDone(new(0, 100, 469, 310.5, 12_345, 75));
            display.EpochDone(new(0, 210.2613, 176.5, 60_000, 5));
            return 42;
        });

        string shown = output.ToString();
        Assert.Equal(42, result);
        Assert.Contains("epoch 1/3", shown);
        Assert.Contains("batch 100/469  loss 310.50  12,345 images", shown);
        Assert.Contains("210.26", shown);
        Assert.Contains("176.50", shown);
        Assert.Contains("12,000", shown);
        Assert.Contains("5.0 s", shown);
    }
}
