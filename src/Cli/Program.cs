Console.Error.WriteLine("depth3d: no command is built yet");
return 1;
