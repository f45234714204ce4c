Imports Pyrite
Imports Pyrite.Primitives

' Is the coin fair? Seven heads of ten under a Beta(10, 10) prior; the exact posterior is Beta(17, 13).
Module Program
    Private ReadOnly Tosses As Tensor = Tensor.From({1.0, 1, 1, 1, 1, 1, 1, 0, 0, 0})

    Sub Model()
        Dim bias = Sample("bias", New Beta(10, 10))
        Using Plate("tosses", Tosses.Count)
            Sample("toss", New Bernoulli(bias), observed:=Tosses)
        End Using
    End Sub

    Function Main() As Integer
        Dim posterior = Mcmc.Run(AddressOf Model, seed:=1)
        Console.WriteLine(posterior.Summary())
        Dim mean = posterior("bias").ToArray(Of Double)().Average()

        Dim a = Tensor.From({1.0, 2.0}), b = 2.0 * a + Tensor.Ones(2) / 4.0
        Dim passed = Math.Abs(mean - 17 / 30) < 0.01 AndAlso Tensor.Stack({a, b}).Shape.Count = 4
        Console.WriteLine(If(passed, "check passed", $"check FAILED: the mean is {mean}"))
        Return If(passed, 0, 1)
    End Function
End Module
